#!/bin/bash
# A client of the council written from docs/formats.md with curl, jq, openssl and ssh-keygen alone:
# three founders join, one proposes a backend and a route, they vote, and the gateway serves it.
#
#   client.sh COUNCIL FOLDER BACKEND GATEWAY ANA BEN CEM
#
# COUNCIL and GATEWAY are base URLs, BACKEND is ADDRESS:PORT of `commonway echo`; the last three are
# the founders' names. FOLDER holds for each NAME and NAME.pub (OpenSSH Ed25519), and
# NAME.invitation. The charter must be a demonstration's with short discussions and delays, and
# votes of a minute. Prints a line for each step; ends with 0 only if all hold.
set -euo pipefail
export LC_ALL=C

council=$1 folder=$2 backend=$3 gateway=$4 ana=$5 ben=$6 cem=$7
api=$council/api/v1
wait_seconds_max=60
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
declare -A token number last_ballot

step() { printf 'ok: %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
equal() { [ "$1" = "$2" ] || fail "$3: expected $2, got $1"; }

# Octets, digests, the log's signed notes

canonical() { jq -cSj .; }                       # §1: this is canonical JSON for such objects
digest() { sha256sum | cut -d' ' -f1; }
octets() { xxd -r -p; }                          # hexadecimal digits → octets
base64_hex() { base64 -d | xxd -p | tr -d '\n'; }
leaf_hash() { { printf '\0'; canonical; } | digest; }
node_hash() { printf '01%s%s' "$1" "$2" | octets | digest; }

# C2SP signed-note: text, an empty line, `— name base64(key id (4) ‖ signature (64))`. The verifier
# key is name+id+base64(0x01 ‖ key). Prints the text of a note that the log's key signed.
open_note() {
    local note=$1 line blob
    printf '%s' "$note" | sed '/^$/,$d' > "$work/text"
    line=$(printf '%s\n' "$note" | grep -F "— $origin " | head -1)
    blob=$(printf '%s' "${line##* }" | base64_hex)
    equal "${blob:0:8}" "$log_key_id" "key id of a note"
    printf '%s' "${blob:8}" | octets > "$work/signature"
    openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey "$work/log.der" \
        -in "$work/text" -sigfile "$work/signature" > "$work/verdict" 2>&1 ||
        fail "a note is not signed by the log's key: $(cat "$work/verdict")"
    cat "$work/text"
}

# A receipt (C2SP tlog-proof): header, `index N`, the inclusion path, an empty line, the checkpoint.
# Recomputes the root from the leaf (RFC 9162 §2.1.3.2) and compares it with the signed one.
check_receipt() {
    local receipt=$1 hash=$2 index node last sibling text
    index=$(printf '%s\n' "$receipt" | sed -n 's/^index //p')
    text=$(open_note "$(printf '%s\n' "$receipt" | sed '1,/^$/d')")
    node=$hash
    last=$(($(printf '%s' "$text" | sed -n 2p) - 1))
    for sibling in $(printf '%s\n' "$receipt" | sed -n '/^index /,/^$/p' | sed '1d;$d'); do
        sibling=$(printf '%s' "$sibling" | base64_hex)
        [ "$last" -gt 0 ] || fail "a receipt's path is too long"
        if [ $((index % 2)) = 1 ] || [ "$index" = "$last" ]; then
            node=$(node_hash "$sibling" "$node")
            while [ $((index % 2)) = 0 ] && [ "$index" -gt 0 ]; do
                index=$((index / 2)) last=$((last / 2))
            done
        else
            node=$(node_hash "$node" "$sibling")
        fi
        index=$((index / 2)) last=$((last / 2))
    done
    equal "$last" 0 "what is left of a receipt's path"
    equal "$node" "$(printf '%s' "$text" | sed -n 3p | base64_hex)" "root that a receipt leads to"
}

# The API

get() { curl -sS --fail-with-body "$api$1" || fail "GET $1"; }
get_as() { curl -sS --fail-with-body -H "authorization: Bearer ${token[$1]}" "$api$2"; }

# post NAME PATH < body: the answer goes to standard output, its status to $work/status.
post() {
    curl -sS -o "$work/answer" -w '%{http_code}' -H 'content-type: application/json' \
        ${token[$1]:+-H "authorization: Bearer ${token[$1]}"} --data-binary @- "$api$2" \
        > "$work/status"
    cat "$work/answer"
}
status() { cat "$work/status"; }

# statement NAME ACT JSON: the canonical octets of a statement made now.
statement() {
    jq -cn --argjson by "${number[$1]}" --arg act "$2" --arg log "$origin" \
        --arg nonce "$(openssl rand -hex 16)" --argjson until "$(($(date +%s%3N) + validity))" \
        --argjson more "$3" \
        '{act: $act, by: $by, log: $log, nonce: $nonce, until: $until} + $more' | canonical
}

# sign NAME STATEMENT [KEY]: §2's signature over it in the namespace of its act.
sign() {
    local act
    act=$(printf '%s' "$2" | jq -r .act)
    [ "$act" = propose ] && act=proposal
    printf '%s' "$2" > "$work/stmt"
    rm -f "$work/stmt.sig"
    ssh-keygen -q -Y sign -f "${3:-$folder/$1}" -n "$act@commonway" "$work/stmt" 2> "$work/words" ||
        fail "ssh-keygen: $(cat "$work/words")"
    sed '1d;$d' "$work/stmt.sig" | tr -d '\n'
}

# hand_in NAME STATEMENT [MORE]: signs and posts it; the answer goes to $work/answer.
hand_in() {
    local sig
    sig=$(sign "$1" "$2")
    jq -cn --argjson stmt "$2" --arg sig "$sig" --argjson more "${3:-{\}}" \
        '{stmt: $stmt, sig: $sig} + $more' > "$work/body"
    post "$1" /statements < "$work/body" > /dev/null
}

# accepted NAME STATEMENT [MORE]: as hand_in, and checks answer and acknowledgement.
accepted() {
    local hash text
    hand_in "$@"
    equal "$(status)" 201 "status of $(cat "$work/answer")"
    hash=$(printf '%s' "$2" | digest)
    equal "$(jq -r .hash "$work/answer")" "$hash" "hash of a statement"
    text=$(open_note "$(jq -r .ack "$work/answer")")
    equal "$(printf '%s' "$text" | sed -n 1,2p | tr '\n' ' ')" "commonway-ack/v1 $origin " \
        "head of an acknowledgement"
    equal "$(printf '%s' "$text" | sed -n 3p | base64_hex)" "$hash" "acknowledged statement"
    equal "$(printf '%s' "$text" | sed -n 4p)" "$(jq -r .t "$work/answer")" "time promised"
}

# refused CODE NAME STATEMENT [MORE]: as hand_in, and expects a problem document with that code.
refused() {
    local code=$1
    shift
    hand_in "$@"
    case $(status) in 4??) ;; *) fail "expected a refusal ($code), got $(status)" ;; esac
    equal "$(jq -r .code "$work/answer")" "$code" "code of $(cat "$work/answer")"
    for member in type title status detail next; do
        jq -e "has(\"$member\")" "$work/answer" > /dev/null || fail "a problem without $member"
    done
    step "refused as $code: $(jq -r .detail "$work/answer")"
}

# until_is PROPOSAL STATUS: waits for it.
until_is() {
    local tries=$((wait_seconds_max * 4)) is
    while is=$(get "/proposals/$1" | jq -r .status) && [ "$is" != "$2" ]; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || fail "proposal $1 stays $is; expected $2"
        sleep 0.25
    done
}

# ballot NAME PROPOSAL CHOICE: prints the statement; what it names is checked against the log.
ballot() {
    local proposal entry leaf index head
    proposal=$(get "/proposals/$2")
    leaf=$(printf '%s' "$proposal" | jq -r .open.leaf)
    index=$(printf '%s' "$proposal" | jq -r .open.index)
    entry=$(get "/entries/$index" | jq -c .entry)
    equal "$(printf '%s' "$entry" | leaf_hash)" "$leaf" "leaf hash of the open entry"
    equal "$(printf '%s' "$entry" | jq -r .payload)" \
        "$(printf '%s' "$proposal" | jq -c .operations | canonical | digest)" "payload voted on"
    equal "$(printf '%s' "$entry" | jq -r .plan)" \
        "$(printf '%s' "$proposal" | jq -c .plan | canonical | digest)" "plan voted on"
    head=$(get /checkpoint)
    open_note "$(printf '%s' "$head" | jq -r .checkpoint)" > "$work/head"
    equal "$(sed -n 2p "$work/head")" "$(printf '%s' "$head" | jq -r .size)" "size signed"
    equal "$(sed -n 3p "$work/head" | base64_hex)" "$(printf '%s' "$head" | jq -r .root)" \
        "root signed"
    statement "$1" ballot "$(printf '%s' "$head" | jq -c --arg open "$leaf" --arg choice "$3" \
        --arg replaces "${last_ballot[$1]:-}" '{open: $open, choice: $choice,
            head: {root: .root, size: .size}}
            + if $replaces == "" then {} else {replaces: $replaces} end')"
}

vote() {
    local it
    it=$(ballot "$1" "$2" "$3")
    accepted "$1" "$it"
    last_ballot[$1]=$(printf '%s' "$it" | digest)
    step "$1 votes $3: ${last_ballot[$1]}"
}

# Milliseconds of a charter's period, such as 10m or 1h30m.
milliseconds() {
    local total=0 rest=$1
    while [ -n "$rest" ]; do
        local count=${rest%%[dhms]*}
        case ${rest:${#count}:1} in
        d) total=$((total + count * 86400000)) ;; h) total=$((total + count * 3600000)) ;;
        m) total=$((total + count * 60000)) ;; s) total=$((total + count * 1000)) ;;
        esac
        rest=${rest:$((${#count} + 1))}
    done
    echo "$total"
}

# The community

community=$(get /community)
origin=$(printf '%s' "$community" | jq -r .card.origin)
verifier=$(printf '%s' "$community" | jq -r .card.key)
log_key_id=$(printf '%s' "${verifier#"$origin"+}" | cut -d+ -f1)
# DER of an Ed25519 public key (RFC 8410): a fixed beginning and the key's 32 octets.
printf '302a300506032b6570032100%s' \
    "$(printf '%s' "${verifier#"$origin"+"$log_key_id"+}" | base64_hex | cut -c3-)" |
    octets > "$work/log.der"
validity=$(milliseconds "$(printf '%s' "$community" | jq -r .charter.limits.statementValidity)")
[ "$validity" -le 600000 ] || validity=600000
validity=$((validity * 9 / 10))
equal "$(printf '%s' "$community" | jq -cS .charter | canonical | digest)" \
    "$(printf '%s' "$community" | jq -r .charterDigest)" "digest of the charter"
step "the community is $origin"

# The founding digest: SHA-256 of the leaf hashes of all entries before `constituted`.
get /entries > "$work/entries"
leaves=
founding=
while read -r entry; do
    leaf=$(printf '%s' "$entry" | leaf_hash)
    if [ "$(printf '%s' "$entry" | jq -r .kind)" = constituted ]; then
        equal "$leaf" "$(printf '%s' "$community" | jq -r .card.constituted)" "constituted entry"
        founding=$(printf '%s' "$leaves" | octets | digest)
        equal "$founding" "$(printf '%s' "$entry" | jq -r .digest)" "founding digest"
        break
    fi
    leaves=$leaves$leaf
done < <(jq -c '.items[].entry' "$work/entries")
[ -n "$founding" ] || fail "no constituted entry among the first"
step "the founding is $founding"

for name in "$ana" "$ben" "$cem"; do
    jq -n --arg invitation "$(head -1 "$folder/$name.invitation")" \
        --arg password "correct horse $name" '{invitation: $invitation, password: $password}' |
        post none /accounts > "$work/account"
    equal "$(status)" 201 "status of $(cat "$work/account")"
    equal "$(jq -r .join "$work/account")" true "join owed"
    token[$name]=$(jq -r .token "$work/account")
    number[$name]=$(jq -r .member "$work/account")
    accepted "$name" "$(statement "$name" join "{\"digest\":\"$founding\"}")"
    step "$name is member ${number[$name]} and has joined"
done

jq -n --arg name "$ana" '{handle: $name, password: "wrong horse"}' |
    post none /sessions > "$work/session"
equal "$(status)" 401 "status of a wrong password"
jq -n --arg name "$ana" '{handle: $name, password: ("correct horse " + $name)}' |
    post none /sessions > "$work/session"
equal "$(status)" 201 "status of a login"
token[$ana]=$(jq -r .token "$work/session")
equal "$(get_as "$ana" /sessions/current | jq -r .handle)" "$ana" "handle of the session"
step "a password opens a session, a wrong one does not"

# A further key

ssh-keygen -q -t ed25519 -N '' -C browser -f "$work/second"
line=$(cut -d' ' -f1,2 "$work/second.pub")
enrolment=$(statement "$ana" key "{\"key\":\"$line\"}")
refused missing-cosignature "$ana" "$enrolment"
accepted "$ana" "$enrolment" "{\"cosig\":\"$(sign "$ana" "$enrolment" "$work/second")\"}"
get "/members/${number[$ana]}" | jq -e --arg key "$line" 'any(.keys[]; .key == $key)' > /dev/null ||
    fail "the second key is not listed"
step "$ana has a second key"

# A proposal

operations=$(jq -cn --arg address "${backend%:*}" --argjson port "${backend##*:}" '[
    {op: "apply", document: {kind: "Backend", name: "reading",
        endpoints: [{address: $address, port: $port}]}},
    {op: "apply", document: {kind: "HTTPRoute", name: "reading",
        hostnames: ["reading.example.org"],
        rules: [{name: "all", backendRefs: [{name: "reading"}]}]}}]')
payload=$(printf '%s' "$operations" | canonical | digest)
printf '{"operations":%s}' "$operations" | post "$ana" /plan > "$work/plan"
equal "$(status)" 200 "status of $(cat "$work/plan")"
equal "$(jq -r .payload "$work/plan")" "$payload" "payload planned"
equal "$(jq -c .plan "$work/plan" | canonical | digest)" "$(jq -r .digest "$work/plan")" \
    "plan digest"
step "planned as $(jq -r .class "$work/plan")"

text='A reading room for all'
salt=$(openssl rand -hex 32)
reason=$({ printf 'commonway text'; printf '%s' "$salt" | octets; printf '%s' "$text"; } | digest)
proposing=$(statement "$ana" propose "{\"operations\":$operations,\"reason\":\"$reason\"}")
accepted "$ana" "$proposing" "{\"texts\":[{\"text\":\"$text\",\"salt\":\"$salt\"}]}"
cp "$work/answer" "$work/first"
proposal=$(jq -r .proposal "$work/first")
equal "$(get "/proposals/$proposal" | jq -r .reason)" "$text" "reason shown"
step "$ana proposes $proposal"

post "$ana" /statements < "$work/body" > /dev/null
equal "$(status)" 200 "status of the same statement again"
equal "$(jq -cS . "$work/answer")" "$(jq -cS . "$work/first")" "answer to the same statement again"
step "the same statement twice is one entry"

if [ "$(get "/proposals/$proposal" | jq -r .status)" = discussion ]; then
    zeros=$(printf '0%.0s' {1..64})
    refused wrong-payload "$ben" "$(statement "$ben" sponsor \
        "{\"proposal\":$proposal,\"payload\":\"$zeros\"}")"
    needed=$(get "/proposals/$proposal" | jq '.sponsorsNeeded - (.sponsors | length)')
    if [ "$needed" -gt 0 ]; then
        accepted "$ben" "$(statement "$ben" sponsor \
            "{\"proposal\":$proposal,\"payload\":\"$payload\"}")"
        step "$ben sponsors it"
    fi
fi
until_is "$proposal" voting

# Ballots, and ballots that break a rule

vote "$ana" "$proposal" no
it=$(ballot "$ben" "$proposal" yes)
refused unknown-open "$ben" \
    "$(printf '%s' "$it" | jq -c ".open = \"$payload\"" | canonical)"
refused wrong-replaces "$ben" \
    "$(printf '%s' "$it" | jq -c ".replaces = \"${last_ballot[$ana]}\"" | canonical)"
refused wrong-log "$ben" "$(printf '%s' "$it" | jq -c '.log = "elsewhere.example/log"' | canonical)"
refused expired "$ben" "$(printf '%s' "$it" | jq -c '.until = 1000' | canonical)"
ssh-keygen -q -t ed25519 -N '' -C stranger -f "$work/stranger"
jq -cn --argjson stmt "$it" --arg sig "$(sign "$ben" "$it" "$work/stranger")" \
    '{stmt: $stmt, sig: $sig}' | post "$ben" /statements > /dev/null
equal "$(jq -r .code "$work/answer")" key-not-in-force "code of a stranger's signature"
step "refused as key-not-in-force: $(jq -r .detail "$work/answer")"
altered=$(printf '%s' "$it" | jq -c '.choice = "abstain"' | canonical)
jq -cn --argjson stmt "$altered" --arg sig "$(sign "$ben" "$it")" '{stmt: $stmt, sig: $sig}' |
    post "$ben" /statements > /dev/null
equal "$(jq -r .code "$work/answer")" bad-signature "code of an altered ballot"
step "refused as bad-signature: $(jq -r .detail "$work/answer")"
equal "$(get "/proposals/$proposal" | jq -c '[.tally.yes, .tally.no]')" "[0,1]" "tally"

vote "$ben" "$proposal" yes
vote "$ana" "$proposal" yes
vote "$cem" "$proposal" yes

# What the log says

# A ballot taken from the log, checked with ssh-keygen against the keys in the log.
get "/statements/${last_ballot[$ben]}" > "$work/logged"
jq -c .entry.stmt "$work/logged" | canonical > "$work/logged.stmt"
{
    echo '-----BEGIN SSH SIGNATURE-----'
    jq -r .entry.sig "$work/logged" | fold -w 70
    echo '-----END SSH SIGNATURE-----'
} > "$work/logged.sig"
printf '%s namespaces="ballot@commonway" %s\n' "$ben" \
    "$(get "/members/${number[$ben]}" | jq -r '.keys[0].key')" > "$work/allowed"
ssh-keygen -q -Y verify -f "$work/allowed" -I "$ben" -n ballot@commonway -s "$work/logged.sig" \
    < "$work/logged.stmt" > /dev/null || fail "ssh-keygen does not verify ben's ballot"
step "ssh-keygen verifies ben's ballot from the log"

leaf=$(jq -c .entry "$work/logged" | leaf_hash)
receipt=$(get "/receipts/${last_ballot[$ben]}")
check_receipt "$receipt" "$leaf"
step "the receipt of ben's ballot leads to the signed root"

until_is "$proposal" enacted
get "/documents?kind=HTTPRoute" | jq -e --argjson proposal "$proposal" \
    'any(.items[]; .name == "reading" and .proposal == $proposal)' > /dev/null ||
    fail "the route is not among the documents in force"
table=$(get /documents |
    jq -c '[.items[] | [.kind + "/" + .name, .digest, .sequence, ""]] | sort_by(.[0])' |
    canonical | digest)
equal "$table" "$(get /table | jq -r .digest)" "digest of the table"
step "proposal $proposal is enacted; the table is $table"

tries=$((wait_seconds_max * 4))
until [ "$(curl -sS -o "$work/served" -w '%{http_code}' -H 'host: reading.example.org' \
    "$gateway/books?of=ana")" = 200 ]; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || fail "the gateway does not serve the route: $(cat "$work/served")"
    sleep 0.25
done
equal "$(jq -r .target "$work/served")" '/books?of=ana' "target at the backend"
equal "$(jq -r .host "$work/served")" reading.example.org "host at the backend"
step "the gateway serves it"
step "everything held"
