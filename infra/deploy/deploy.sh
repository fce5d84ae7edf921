#!/usr/bin/env bash
# Builds the app against the official packages, creates or updates its Azure resources and publishes it. Safe to run again.
set -euo pipefail

usage() {
  cat >&2 <<'USAGE'
usage: deploy.sh --resource-group NAME --location REGION [--parameters FILE] [--what-if]

  --resource-group NAME  Made when it is missing. Give HelpdeskSync one of its own.
  --location REGION      A region that offers Flex Consumption.
  --parameters FILE      Default infra/azure/main.bicepparam; copy and fill in.
  --what-if              Show what would change in Azure, and do nothing.
USAGE
  exit 2
}

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
group='' location='' parameters="$root/infra/azure/main.bicepparam" what_if=false

while [ $# -gt 0 ]; do
  case "$1" in
    --what-if) what_if=true; shift; continue ;;
    -h|--help) usage ;;
  esac
  [ $# -ge 2 ] || { echo "$1 needs a value." >&2; usage; }
  case "$1" in
    --resource-group) group="$2" ;;
    --location) location="$2" ;;
    --parameters) parameters="$2" ;;
    *) echo "Unknown option $1." >&2; usage ;;
  esac
  shift 2
done

missing=''
[ -n "$group" ] || missing="$missing --resource-group"
[ -n "$location" ] || missing="$missing --location"
[ -z "$missing" ] || { echo "Missing:$missing" >&2; usage; }
[ -f "$parameters" ] || { echo "There is no parameters file $parameters: copy infra/azure/main.bicepparam and fill it in." >&2; exit 1; }
for tool in az dotnet zip; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed." >&2; exit 1; }
done
az account show --output none || { echo "Not signed in to Azure: run 'az login'." >&2; exit 1; }

say() { printf '\n== %s\n' "$*"; }

if "$what_if"; then
  exec az deployment group what-if --resource-group "$group" --parameters "$parameters"
fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Built first: a source that does not compile must not leave Azure half changed.
say "Building against the official packages"
dotnet publish "$root/HelpdeskSync.Functions" --configuration Release -p:Cloud=Azure --output "$work/app"
# The worker SDK keeps the host's extensions in a hidden folder: zip takes it along because it is named.
(cd "$work/app" && zip --quiet --recurse-paths "$work/app.zip" .)

say "Resources of $group"
az group create --name "$group" --location "$location" --output none
az deployment group create --name helpdesk-sync --resource-group "$group" --parameters "$parameters" --output none
output() { az deployment group show --name helpdesk-sync --resource-group "$group" --query "properties.outputs.$1.value" --output tsv; }
app="$(output appName)"
address="$(output address)"
[ -n "$app" ] || { echo "The deployment named no app: look at it in the portal." >&2; exit 1; }

say "Publishing $app"
az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$work/app.zip" --output none

say "Done"
cat <<DONE
health:   $address/api/health
webhook:  $address/api/webhook    (infra/deploy/register-webhooks.sh registers it)
identity: $(output principalId)    (infra/google/setup.sh --principal)
key:      az functionapp keys list --resource-group $group --name $app --query functionKeys.default --output tsv
DONE
