# The part of the completions for bash that is made from the table of
# lib/share/build/completions; crm.bash follows it.

$3 == "" && $4 == "*" { others = others branch("'" $1 " '*", $5); next }
$3 == "" { places = places branch("'" $1 " " $4 "'", $5); next }
$1 != last { finish(); last = $1 }
{ flags = flags ($2 == "" ? "" : " -" $2) " --" $3 }
$4 != "" { arguments = arguments branch(named(), $5) }

END {
	finish()
	print "# Completions of the crm commands for bash; made, do not edit."
	define("# What the argument of an option may be; false without one.",
	    "_crm_argument", "\"$1 $2\"", arguments "\t*) return 1 ;;\n")
	define("# The options of a command.", "_crm_options", "$1", options)
	define("# What an operand may be, by command and place.",
	    "_crm_operand", "\"$1 $2\"",
	    places others branch("*", "@file"))
	print "\n_crm_commands='" substr(commands, 2) "'\n"
}

# An option as $1 and $2 of _crm_argument, with each of its names.
function named() {
	return ($2 == "" ? "" : "'" $1 " -" $2 "' | ") "'" $1 " --" $3 "'"
}

function branch(pattern, words) {
	return "\t" pattern ") words='" words "' ;;\n"
}

function finish() {
	if (last == "")
		return
	options = options branch(last, substr(flags, 2))
	commands = commands " " last
	flags = ""
}

function define(comment, name, word, branches) {
	printf "\n%s\n%s()\n{\n\tcase %s in\n%s\tesac\n}\n", comment, name,
	    word, branches
}
