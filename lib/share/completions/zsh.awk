# The completions for zsh from the table of lib/share/build/completions.

$1 != last { finish(); last = $1 }
$3 == "" { operands = operands line("'" $4 ":operand" action($5) "'"); next }
{ options = options line(names() "'[" quoted($6) "]" argument() "'") }

END {
	finish()
	print "#compdef" commands
	print "# Completions of the crm commands for zsh; made, do not edit."
	print "\ncase $service in\n" branches "esac"
}

function line(text) {
	return " \\\n\t    " text
}

function quoted(text) {
	gsub(/'/, "'\\''", text)
	gsub(/\[|\]|:/, "\\\\&", text)
	return text
}

# '(-m --measure)'{-m,--measure}
function names() {
	if ($2 == "")
		return "--" $3 ($4 == "" ? "" : "=")
	return "'(-" $2 " --" $3 ")'{-" $2 ($4 == "" ? "" : "+") ",--" $3 \
	    ($4 == "" ? "" : "=") "}"
}

function argument() {
	return $4 == "" ? "" : ":" $4 action($5)
}

# What may stand there, with the colon before it.
function action(words) {
	if (words == "@file")
		return ":_files"
	if (words == "@dir")
		return ":_files -/"
	return words == "" ? ": " : ":(" words ")"
}

function finish() {
	if (last == "")
		return
	branches = branches last ")\n\t_arguments -s -S" options operands \
	    (operands ~ /'\*/ ? "" : line("'*:file:_files'")) "\n\t;;\n"
	commands = commands " " last
	options = operands = ""
}
