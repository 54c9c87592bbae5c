# The completions for fish from the table of lib/share/build/completions:
# a file for each command, where fish looks for it.

$1 != last {
	last = $1
	file = to "/" $1 ".fish"
	print "# Completions of " $1 " for fish; made, do not edit." > file
}

$3 == "" {
	print "complete -c " $1 " -a '" $5 "'" > file
	next
}

{
	print "complete -c " $1 ($2 == "" ? "" : " -s " $2) " -l " $3 \
	    argument() " -d '" quoted($6) "'" > file
}

function quoted(text) {
	gsub(/['\\]/, "\\\\&", text)
	return text
}

function argument() {
	if ($4 == "")
		return ""
	if ($5 == "@file")
		return " -r -F"
	if ($5 == "@dir")
		return " -x -a '(__fish_complete_directories)'"
	return $5 == "" ? " -x" : " -x -a '" $5 "'"
}
