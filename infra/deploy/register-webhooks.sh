#!/usr/bin/env bash
# Registers the app's webhook at Zoho Desk for every event HelpdeskSync understands, or shows what is registered.
# The access token needs the scopes Desk.events.CREATE and Desk.events.READ (Zoho's API console makes one for an hour).
set -euo pipefail

usage() {
  cat >&2 <<'USAGE'
usage: HELPDESK_ACCESS_TOKEN=... register-webhooks.sh --api https://desk.zoho.eu/api/v1 --org ORGANIZATION_ID --url https://APP/api/webhook [--dry-run]
       HELPDESK_ACCESS_TOKEN=... register-webhooks.sh --api https://desk.zoho.eu/api/v1 --org ORGANIZATION_ID --list

The app must be up: Zoho calls the address at once and wants a 200. Zoho signs what it sends: set Webhooks__WebhookIds to the id printed.
USAGE
  exit 2
}

api='' org='' url='' list=false dry_run=false
while [ $# -gt 0 ]; do
  case "$1" in
    --list) list=true; shift; continue ;;
    --dry-run) dry_run=true; shift; continue ;;
    -h|--help) usage ;;
  esac
  [ $# -ge 2 ] || { echo "$1 needs a value." >&2; usage; }
  case "$1" in
    --api) api="${2%/}" ;;
    --org) org="$2" ;;
    --url) url="$2" ;;
    *) echo "Unknown option $1." >&2; usage ;;
  esac
  shift 2
done
missing=''
[ -n "$api" ] || missing="$missing --api"
[ -n "$org" ] || missing="$missing --org"
"$list" || [ -n "$url" ] || missing="$missing --url"
[ -z "$missing" ] || { echo "Missing:$missing" >&2; usage; }
# Zoho's own specification: an address has at most 100 characters.
[ "${#url}" -le 100 ] || { echo "The address has ${#url} characters; Zoho takes 100. Give the app a shorter host name." >&2; exit 1; }

body="$(cat <<JSON
{
  "name": "HelpdeskSync",
  "description": "Keeps the history tables in BigQuery",
  "url": "$url",
  "isEnabled": true,
  "includeEventsFrom": ["AUTOMATION"],
  "subscriptions": {
    "Ticket_Add": null, "Ticket_Update": null, "Ticket_Delete": null,
    "Ticket_Thread_Add": null, "Ticket_Comment_Add": null, "Ticket_Comment_Update": null,
    "Contact_Add": null, "Contact_Update": null, "Contact_Delete": null,
    "Agent_Add": null, "Agent_Update": null, "Agent_Delete": null,
    "Department_Add": null, "Department_Update": null
  }
}
JSON
)"
if "$dry_run"; then
  printf 'POST %s/webhooks\n%s\n' "$api" "$body"
  exit 0
fi

: "${HELPDESK_ACCESS_TOKEN:?Set HELPDESK_ACCESS_TOKEN to an access token with the scopes Desk.events.CREATE and Desk.events.READ.}"
# The token goes through standard input, so that no process list shows it.
call() { curl --silent --show-error --fail-with-body --config - "$@" <<CONFIG
header = "Authorization: Zoho-oauthtoken $HELPDESK_ACCESS_TOKEN"
header = "orgId: $org"
header = "Content-Type: application/json"
CONFIG
}

if "$list"; then
  call "$api/webhooks"
else
  call --data-binary "$body" "$api/webhooks"
fi
printf '\n'
