/// What an export says of itself, and the script that recounts it without any program of ours.
enum ExportScript {
    /// The page beside the files.
    static let readme = """
        What members of a community signed, out of its verified log.

        statements/ENTRY-ACT.json       the message exactly as signed, no line break at its end
        statements/ENTRY-ACT.json.sig   its OpenSSH signature (.cosig: a new key's own)
        allowed_signers                 every member's keys, each valid while it counted
        index.tsv                       entry, time, member, act, proposal, standing, hash, file
        votes.tsv                       proposal, open, electors, quorum, yes, no, abstain, outcome
        community.json, checkpoint      what pins the log, and its head when this was written

        standing: in-force is a ballot that counts; replaced is one that a later ballot of the same
        member replaced; applied is another statement that had its effect; void:CODE broke a rule.
        open is the leaf hash that a ballot of that vote names.

        Recount:  sh recount.sh [PROPOSAL]

        One ballot by hand, with its line of index.tsv:
          ssh-keygen -Y verify -f allowed_signers -I member-MEMBER -n ballot@commonway \\
              -Overify-time=TIME -s FILE.sig < FILE

        """

    /// POSIX shell; needs `ssh-keygen` alone. Canonical JSON has one spelling, and a quotation
    /// mark inside a text is escaped, so that looking for `"choice":"yes"` finds the member.
    static let recount = #"""
        #!/bin/sh
        # Recounts votes from the files beside it: sh recount.sh [PROPOSAL]
        # Status 0: every vote has the counts of the log. 1: one has not. 2: no such vote here.
        set -u
        cd "$(dirname "$0")" || exit 2
        tab=$(printf '\t')
        wanted=${1:-all}
        status=0
        found=no

        wrong() {
            echo "entry $entry: $1" >&2
            status=1
        }

        verify() {
            ssh-keygen -Y verify -f allowed_signers -I "member-$1" -n ballot@commonway \
                -Overify-time="$2" -s "$3.sig" < "$3" > /dev/null 2>&1
        }

        while IFS="$tab" read -r proposal open _ _ log_yes log_no log_abstain outcome; do
            case $proposal in '#'*) continue ;; esac
            [ "$wanted" = all ] || [ "$wanted" = "$proposal" ] || continue
            found=yes
            yes=0 no=0 abstain=0 voters=' '
            while IFS="$tab" read -r entry time member act of standing _ file; do
                [ "$act/$of/$standing" = "ballot/$proposal/in-force" ] || continue
                verify "$member" "$time" "$file" ||
                    { wrong "the signature of $file does not hold for member $member"; continue; }
                message=$(cat "$file")
                case $message in
                *"\"by\":$member,"*) ;;
                *) wrong "$file is not by member $member"; continue ;;
                esac
                case $message in
                *"\"open\":\"$open\""*) ;;
                *) wrong "$file is not on this vote"; continue ;;
                esac
                case $voters in
                *" $member "*) wrong "a second ballot by member $member"; continue ;;
                esac
                voters="$voters$member "
                case $message in
                *'"choice":"yes"'*) yes=$((yes + 1)) ;;
                *'"choice":"no"'*) no=$((no + 1)) ;;
                *'"choice":"abstain"'*) abstain=$((abstain + 1)) ;;
                *) wrong "$file takes no side" ;;
                esac
            done < index.tsv
            counted="yes $yes, no $no, abstain $abstain"
            if [ "$yes $no $abstain" = "$log_yes $log_no $log_abstain" ]; then
                echo "proposal $proposal: $counted, as in the log ($outcome)"
            else
                logged="yes $log_yes, no $log_no, abstain $log_abstain"
                echo "proposal $proposal: $counted; the log says $logged ($outcome)"
                status=1
            fi
        done < votes.tsv

        case $found/$wanted in
        no/all) echo "no votes here" ;;
        no/*) echo "no vote on proposal $wanted here" >&2; exit 2 ;;
        esac
        exit $status

        """#
}
