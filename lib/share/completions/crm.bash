# How many operands stand before the word in hand.
_crm_place()
{
	local i place=1

	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-?*) ! _crm_argument "$1" "${COMP_WORDS[i]}" || ((i++)) ;;
		*) ((place++)) ;;
		esac
	done
	echo "$place"
}

# The words for the word in hand, as $words.
_crm_words()
{
	if [[ $prev == -* ]] && _crm_argument "$1" "$prev"; then
		return
	fi
	if [[ $cur == -* ]]; then
		_crm_options "$1"
	else
		_crm_operand "$1" "$(_crm_place "$1")"
	fi
}

_crm()
{
	local words='' cur=${COMP_WORDS[COMP_CWORD]}
	local prev=${COMP_WORDS[COMP_CWORD - 1]}
	local IFS=$' \t\n'

	# --long=WORD comes as three words.
	if [[ $cur == = ]]; then
		cur=''
	elif [[ $prev == = ]]; then
		prev=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	_crm_words "${1##*/}"
	case $words in
	@file)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		;;
	@dir)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -d -- "$cur")
		;;
	*)
		[[ $words != *= ]] || compopt -o nospace 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
		;;
	esac
}

# shellcheck disable=SC2086,SC2154 # one word for each command
complete -F _crm $_crm_commands
unset _crm_commands
