#!/usr/bin/env bash
# The tour, request by request, with grpcurl against a running server, and everything that can go
# wrong on the way. Needs an empty organization: UPNEXT_KEY as `upnext dev` prints it first;
# UPNEXT_ADDRESS if it isn't 127.0.0.1:50051; UPNEXT_OTHER_KEY, of any other organization, also
# tries to reach this one's things from there. Stops at the first answer that isn't as promised.
set -euo pipefail

ADDRESS="${UPNEXT_ADDRESS:-127.0.0.1:50051}"
: "${UPNEXT_KEY:?paste the first line that upnext dev prints: export UPNEXT_KEY=…}"
command -v grpcurl >/dev/null || { echo "grpcurl is needed: go install github.com/fullstorydev/grpcurl/cmd/grpcurl@latest"; exit 1; }

WORK="$(mktemp -d)"
WATCHERS=()
ANSWER=""
finish() {
  local status=$?
  # ${WATCHERS[@]+…}: an empty list is unset to old shells.
  for watcher in ${WATCHERS[@]+"${WATCHERS[@]}"}; do kill "$watcher" 2>/dev/null || true; done
  rm -rf "$WORK"
  [ "$status" = 0 ] || echo "*** the tour ends here: not as promised"
}
trap finish EXIT

# === how to call, and how to look at the answer ===

say() { printf '\n--- %s\n' "$*"; }

# g METHOD BODY: calls, and keeps what was answered or refused in ANSWER.
g() {
  printf '%s %s\n' "$1" "$2"
  ANSWER="$(grpcurl -plaintext -H "authorization: Bearer $UPNEXT_KEY" -d "$2" "$ADDRESS" "$1" 2>&1)"
}

fail() {
  printf '*** %s; the answer was:\n%s\n' "$1" "$ANSWER"
  exit 1
}

# u METHOD BODY: a call of ours that must succeed.
u() { g "upnext.v1.$1" "$2" || fail "refused"; }

# Without white space, since its amount is grpcurl's own.
squeezed() { tr -d ' \t\n'; }

# says TEXT…: each stands somewhere in the answer.
says() {
  local text answer
  answer="$(printf '%s' "$ANSWER" | squeezed)"
  for text in "$@"; do
    case "$answer" in
      *"$(printf '%s' "$text" | squeezed)"*) ;;
      *) fail "it doesn't say: $text" ;;
    esac
  done
}

# refused CODE REASON METHOD BODY [TEXT…]: refused with this code and reason, saying all of the
# texts.
refused() {
  local code="$1" reason="$2" method="$3" body="$4"
  shift 4
  if g "upnext.v1.$method" "$body"; then fail "not refused"; fi
  says "Code: $code" "\"reason\": \"$reason\"" "\"domain\": \"upnext\"" "$@"
  echo "    $code $reason"
}

# field NAME: the first value of this field in the answer.
field() { printf '%s\n' "$ANSWER" | sed -n "s/^ *\"$1\": *\"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" | head -n 1; }

# times TEXT: how often it stands in the answer.
times() { printf '%s\n' "$ANSWER" | grep -c -- "$1" || true; }

# watch METHOD BODY FILE: a stream in the background, written to a file.
watch() {
  printf '%s %s &\n' "$1" "$2"
  grpcurl -plaintext -H "authorization: Bearer $UPNEXT_KEY" -d "$2" "$ADDRESS" "upnext.v1.$1" >"$3" 2>&1 &
  WATCHERS+=("$!")
}

# arrives FILE TEXT SECONDS: it is pushed to the watcher within that time.
arrives() {
  local deadline=$((SECONDS + $3)) begun=$SECONDS
  until grep -q -- "$2" "$1"; do
    if [ "$SECONDS" -gt "$deadline" ]; then
      ANSWER="$(cat "$1")"
      fail "$2 isn't on the stream after $3 s"
    fi
    sleep 0.1
  done
  echo "    on the stream after $((SECONDS - begun)) s: $2"
}

# === before anything else: reflection and health need no key ===

say "What is there to be called"
ANSWER="$(grpcurl -plaintext "$ADDRESS" list 2>&1)" || fail "no server answers at $ADDRESS"
says upnext.v1.SequenceService upnext.v1.SegmentService upnext.v1.WorkQueueService google.longrunning.Operations
ANSWER="$(grpcurl -plaintext "$ADDRESS" describe upnext.v1.Sequence 2>&1)"
says "message Sequence"
ANSWER="$(grpcurl -plaintext "$ADDRESS" grpc.health.v1.Health/Check 2>&1)"
says '"status": "SERVING"'
u SellerService/ListSellers '{}'
[ "$(times '"name"')" = 0 ] || fail "the tour needs an empty organization"

say "1. Sellers, and what a lead looks like"
u SellerService/CreateSeller '{"seller_id":"ana","seller":{"display_name":"Ana Ruiz"}}'
says '"name": "sellers/ana"'
u SellerService/CreateSeller '{"seller_id":"ben","seller":{"display_name":"Ben Okoro"}}'
u RecordService/DeclareAttributes '{"record_type":"lead","attributes":{"origin":{"type":"STRING"},"revenue":{"type":"DOUBLE"},"email":{"type":"STRING"}}}'

say "2. Leads"
u RecordService/BatchUpsertRecords '{"record_type":"lead","records":[
  {"id":"l1","attributes":{"origin":"paid search","revenue":12000,"email":"kim@example.com"}},
  {"id":"l2","attributes":{"origin":"paid search","revenue":300}},
  {"id":"l3","owner":"ben","attributes":{"origin":"organic search"}}]}'
says recordTypes/lead/records/l1 recordTypes/lead/records/l2 recordTypes/lead/records/l3

say "3. A sequence: email, wait, phone call"
u SequenceService/CreateSequence '{"sequence_id":"paid-search","sequence":{"display_name":"Paid search follow-up","steps":[
  {"step_id":"hello","display_name":"Say hello","email":{}},
  {"step_id":"pause","wait":{"delay":{"seconds":10}}},
  {"step_id":"call","display_name":"Call","description":"Ask what they need","phone_call":{"script":"Hi, this is …"}}]}}'
says '"name": "sequences/paid-search"' '"state": "DRAFT"' '"recordType": "lead"'
u SequenceService/ActivateSequence '{"name":"sequences/paid-search"}'
says '"state": "ACTIVE"' '"revision": 1'

say "4. Who should be in it, who gets the leads, and off they go"
u SegmentService/PreviewSegment '{"record_type":"lead","condition":"record.origin == \"paid search\""}'
says '"count": "2"' '"sample": ["recordTypes/lead/records/l1","recordTypes/lead/records/l2"]'
u SegmentService/CreateSegment '{"segment_id":"paid-search","segment":{"display_name":"Paid search","record_type":"lead",
  "condition":"record.origin == \"paid search\""}}'
u SegmentService/CreateAssignmentRule '{"parent":"segments/paid-search","assignment_rule_id":"in-turn","assignment_rule":{
  "display_name":"In turn","listed":{"sellers":["ana","ben"]},"distribution":"ROUND_ROBIN"}}'
says '"name": "segments/paid-search/rules/in-turn"'
u SegmentService/ConnectSequence '{"name":"segments/paid-search","sequence":"paid-search"}'
says '"connectedSequence": "sequences/paid-search"' '"existingMatches": "2"'
watch WorkQueueService/WatchNextActivity '{"queue":"sellers/ana"}' "$WORK/ana"
watch WorkQueueService/WatchWorkQueue '{"queue":"sellers/ben","window_size":50}' "$WORK/ben"
arrives "$WORK/ben" '"snapshot"' 5
u SegmentService/ActivateSegment '{"name":"segments/paid-search","backfill":true}'
says '"state": "ACTIVE"' '"existingMatches": "2"' '"backfillOperation": "operations/'
OPERATION="$(field backfillOperation)"
g google.longrunning.Operations/WaitOperation "{\"name\":\"$OPERATION\"}" || fail "refused"
says '"done": true' '"enrolledCount": "2"'

say "5. The seller's side"
arrives "$WORK/ana" '"displayName": "Say hello"' 5
arrives "$WORK/ben" '"displayName": "Say hello"' 5
u WorkQueueService/ListActivities '{"queue":"sellers/ben"}'
[ "$(times '"name": "activities/')" = 1 ] || fail "in turn is one each"
u WorkQueueService/ListActivities '{"queue":"sellers/ana"}'
[ "$(times '"name": "activities/')" = 1 ] || fail "in turn is one each"
EMAIL="$(field name)"
LEAD="$(field record)"
u WorkQueueService/CompleteActivity "{\"name\":\"$EMAIL\"}"
says '"state": "COMPLETED"' '"waitingUntil":'
arrives "$WORK/ana" '"displayName": "Call"' 15
u WorkQueueService/ListActivities '{"queue":"sellers/ana"}'
says '"kind": "PHONE_CALL"' '"description": "Ask what they need"'
CALL="$(field name)"
refused InvalidArgument OUTCOME_REQUIRED WorkQueueService/CompleteActivity "{\"name\":\"$CALL\"}" voicemail
refused InvalidArgument OUTCOME_UNKNOWN WorkQueueService/CompleteActivity "{\"name\":\"$CALL\",\"outcome\":\"shrug\"}" voicemail
u WorkQueueService/CompleteActivity "{\"name\":\"$CALL\",\"outcome\":\"made\",\"note\":\"wants a quote\"}"
says '"state": "COMPLETED"' '"outcome": "made"' '"note": "wants a quote"'
u EnrollmentService/ListEnrollments '{"filter":"enrollment.sequence == \"paid-search\""}'
[ "$(times '"name": "enrollments/')" = 2 ] || fail "two are enrolled"
u EnrollmentService/ListEnrollments "{\"filter\":\"enrollment.record == \\\"$LEAD\\\"\"}"
ENROLLMENT="$(field name)"
u EnrollmentService/GetEnrollment "{\"name\":\"$ENROLLMENT\",\"view\":\"FULL\"}"
says '"state": "COMPLETED"' '"enrollmentStarted"' '"waitStarted"' '"activityCompleted"' '"enrollmentCompleted"'

say "A lead that arrives from now on is on its seller's stream, with nobody asking"
u RecordService/BatchUpsertRecords '{"record_type":"lead","records":[{"id":"l4","attributes":{"origin":"paid search"}}]}'
arrives "$WORK/ana" '"record": "recordTypes/lead/records/l4"' 5

# === what goes wrong, and what is said ===

say "A sequence whose last step is a wait can be written, not activated"
u SequenceService/CreateSequence '{"sequence_id":"unfinished","sequence":{"display_name":"Unfinished","steps":[
  {"email":{}},{"wait":{"delay":{"days":1}}}]}}'
refused InvalidArgument SEQUENCE_ENDS_WITH_WAIT SequenceService/ActivateSequence '{"name":"sequences/unfinished"}' \
  '"field": "steps[1]"' "the sequence can't end with a wait: delete steps[1], then save and activate"

say "A wait that is too long, and everything that is wrong at once"
refused InvalidArgument WAIT_TOO_LONG SequenceService/CreateSequence \
  '{"sequence_id":"slow","sequence":{"display_name":"Slow","steps":[{"email":{}},{"wait":{"delay":{"days":30,"hours":1}}}]}}' \
  '"field": "sequence.steps[1].wait.delay"' "30 days"
refused InvalidArgument FIELDS_INVALID SequenceService/CreateSequence \
  '{"sequence_id":"slow","sequence":{"display_name":"","steps":[{"email":{}},{"wait":{"delay":{"days":30,"hours":1}}}]}}' \
  '"field": "sequence.display_name"' '"field": "sequence.steps[1].wait.delay"' '"reason": "WAIT_TOO_LONG"'

say "A limit: as many sequences are active as may be"
u SequenceService/CreateSequence '{"sequence_id":"second","sequence":{"display_name":"Second","steps":[{"task":{}}]}}'
u OrganizationService/UpdateOrganization '{"organization":{"settings":{"limits":{"active_sequences":1}}}}'
refused ResourceExhausted LIMIT_EXCEEDED SequenceService/ActivateSequence '{"name":"sequences/second"}' google.rpc.QuotaFailure '"value": "1"'
u OrganizationService/UpdateOrganization '{"organization":{"settings":{"limits":{"active_sequences":250}}}}'
u SequenceService/ActivateSequence '{"name":"sequences/second"}'

say "Connecting what can't be connected"
u SegmentService/CreateSegment '{"segment_id":"rest","segment":{"display_name":"The rest","condition":"record.origin != \"paid search\""}}'
refused FailedPrecondition SEQUENCE_NOT_ACTIVE SegmentService/ConnectSequence '{"name":"segments/rest","sequence":"unfinished"}' '"state": "DRAFT"'
refused FailedPrecondition SEGMENT_ALREADY_CONNECTED SegmentService/ConnectSequence \
  '{"name":"segments/paid-search","sequence":"second"}' sequences/paid-search

say "A condition with a mistake"
refused InvalidArgument CONDITION_INVALID SegmentService/PreviewSegment '{"record_type":"lead","condition":"record.orign == 3"}' \
  orign origin "line 1" "column"

say "A stale etag"
u SequenceService/GetSequence '{"name":"sequences/second"}'
ETAG="$(field etag)"
u SequenceService/UpdateSequence '{"sequence":{"name":"sequences/second","description":"newer"}}'
refused Aborted ETAG_MISMATCH SequenceService/UpdateSequence \
  "{\"sequence\":{\"name\":\"sequences/second\",\"description\":\"older\",\"etag\":\"$ETAG\"}}"

say "The same request_id: once the same answer, with other content refused"
ID=0193b3a0-0000-7000-8000-000000000001
u SellerService/CreateSeller "{\"seller_id\":\"cem\",\"seller\":{\"display_name\":\"Cem Aksoy\"},\"request_id\":\"$ID\"}"
u SellerService/CreateSeller "{\"seller_id\":\"cem\",\"seller\":{\"display_name\":\"Cem Aksoy\"},\"request_id\":\"$ID\"}"
says '"name": "sellers/cem"'
refused InvalidArgument REQUEST_ID_REUSED SellerService/CreateSeller \
  "{\"seller_id\":\"dee\",\"seller\":{\"display_name\":\"Dee Marsh\"},\"request_id\":\"$ID\"}"

say "A page token cut short, or of another query"
u SequenceService/ListSequences '{"page_size":1}'
TOKEN="$(field nextPageToken)"
[ -n "$TOKEN" ] || fail "there is a next page"
u SequenceService/ListSequences "{\"page_size\":1,\"page_token\":\"$TOKEN\"}"
refused InvalidArgument PAGE_TOKEN_INVALID SequenceService/ListSequences "{\"page_size\":1,\"page_token\":\"${TOKEN%???}\"}"
refused InvalidArgument PAGE_TOKEN_INVALID SequenceService/ListSequences "{\"page_size\":1,\"show_deleted\":true,\"page_token\":\"$TOKEN\"}"

say "Completing twice"
refused FailedPrecondition ACTIVITY_CLOSED WorkQueueService/CompleteActivity "{\"name\":\"$EMAIL\"}" '"state": "COMPLETED"' closed_by close_time

say "Keys: none, unknown, revoked; and one that doesn't allow it"
u ApiKeyService/CreateApiKey '{"api_key":{"display_name":"Ana at work","roles":["SALESPERSON"],"seller":"ana"}}'
SECRET="$(field secret)"
NAME="$(field name)"
# as KEY COMMAND…: with another key.
as() { local UPNEXT_KEY="$1"; shift; "$@"; }
if ANSWER="$(grpcurl -plaintext -d '{}' "$ADDRESS" upnext.v1.SellerService/ListSellers 2>&1)"; then fail "not refused"; fi
says "Code: Unauthenticated" '"reason": "CREDENTIALS_INVALID"'
as upnext_guessed refused Unauthenticated CREDENTIALS_INVALID SellerService/ListSellers '{}'
as "$SECRET" refused PermissionDenied ROLE_REQUIRED SequenceService/ActivateSequence '{"name":"sequences/second"}' sequence_manager
as "$SECRET" u WorkQueueService/ListActivities '{"queue":"sellers/me"}'
says recordTypes/lead/records/l4
u ApiKeyService/RevokeApiKey "{\"name\":\"$NAME\"}"
as "$SECRET" refused Unauthenticated CREDENTIALS_INVALID SellerService/ListSellers '{}'

say "What isn't there, or is another organization's"
refused NotFound RESOURCE_NOT_FOUND SequenceService/GetSequence '{"name":"sequences/nowhere"}' google.rpc.ResourceInfo
if [ -n "${UPNEXT_OTHER_KEY:-}" ]; then
  as "$UPNEXT_OTHER_KEY" refused NotFound RESOURCE_NOT_FOUND SequenceService/GetSequence '{"name":"sequences/unfinished"}'
  as "$UPNEXT_OTHER_KEY" refused NotFound RESOURCE_NOT_FOUND WorkQueueService/GetActivity "{\"name\":\"$EMAIL\"}"
fi

say "All as promised"
