#!/usr/bin/env bash
# Sets up Google's side of HelpdeskSync: APIs, dataset, service account with the least roles, secrets, and the workload identity
# pool through which the Azure app's managed identity, and nothing else, acts as that service account. No key is made.
# Safe to run again: what is there already is left as it is. --dry-run prints every command that would change something.
set -euo pipefail

usage() {
  cat >&2 <<'USAGE'
usage: setup.sh --project ID --tenant AZURE_TENANT_ID --principal MANAGED_IDENTITY_OBJECT_ID --app-id-uri api://APP_ID [options]

  --project ID           Google Cloud project of the dataset, the jobs and the secrets.
  --tenant ID            Azure tenant of the managed identity.
  --principal ID         Object id of the managed identity (output principalId of infra/azure/main.bicep).
  --app-id-uri URI       Application ID URI of the app registration that the identity asks its token for: api://APP_ID.
  --dataset NAME         Dataset of the history tables. Default helpdesk_sync.
  --location LOCATION    Location of the dataset and the jobs. Default EU.
  --service-account NAME Short name of the service account. Default helpdesk-sync.
  --pool NAME            Workload identity pool. Default helpdesk-sync.
  --provider NAME        Its provider. Default azure.
  --prefix NAME          What the secrets' names begin with. Default helpdesk.
  --issuer URL           Issuer of the identity's tokens. Default https://sts.windows.net/TENANT/ (version 1 tokens, slash included);
                         for version 2 tokens https://login.microsoftonline.com/TENANT/v2.0.
  --dry-run              Print what would be done, and do nothing. Reads are still made.
USAGE
  exit 2
}

project='' tenant='' principal='' app_id_uri='' issuer=''
dataset=helpdesk_sync location=EU account=helpdesk-sync pool=helpdesk-sync provider=azure prefix=helpdesk
dry_run=false

while [ $# -gt 0 ]; do
  option="$1"
  case "$option" in
    --dry-run) dry_run=true; shift; continue ;;
    -h|--help) usage ;;
  esac
  [ $# -ge 2 ] || { echo "$option needs a value." >&2; usage; }
  case "$option" in
    --project) project="$2" ;;
    --tenant) tenant="$2" ;;
    --principal) principal="$2" ;;
    --app-id-uri) app_id_uri="$2" ;;
    --dataset) dataset="$2" ;;
    --location) location="$2" ;;
    --service-account) account="$2" ;;
    --pool) pool="$2" ;;
    --provider) provider="$2" ;;
    --prefix) prefix="$2" ;;
    --issuer) issuer="$2" ;;
    *) echo "Unknown option $option." >&2; usage ;;
  esac
  shift 2
done

missing=''
[ -n "$project" ] || missing="$missing --project"
[ -n "$tenant" ] || missing="$missing --tenant"
[ -n "$principal" ] || missing="$missing --principal"
[ -n "$app_id_uri" ] || missing="$missing --app-id-uri"
[ -z "$missing" ] || { echo "Missing:$missing" >&2; usage; }
command -v gcloud >/dev/null || { echo "gcloud is not installed: https://cloud.google.com/sdk/docs/install" >&2; exit 1; }
command -v bq >/dev/null || { echo "bq is not installed: it comes with the Google Cloud CLI." >&2; exit 1; }

issuer="${issuer:-https://sts.windows.net/$tenant/}"
email="$account@$project.iam.gserviceaccount.com"

say() { printf '\n== %s\n' "$*"; }

# change COMMAND...: runs it, or prints it with --dry-run.
change() {
  printf '+'
  printf ' %q' "$@"
  printf '\n'
  "$dry_run" || "$@"
}

# there COMMAND...: whether a reading command finds what it asks for.
there() { "$@" >/dev/null 2>&1; }

say "APIs of $project"
change gcloud services enable --project "$project" \
  bigquery.googleapis.com secretmanager.googleapis.com iam.googleapis.com iamcredentials.googleapis.com sts.googleapis.com

say "Service account $email"
there gcloud iam service-accounts describe "$email" --project "$project" ||
  change gcloud iam service-accounts create "$account" --project "$project" --display-name 'HelpdeskSync'

say "Dataset $project:$dataset in $location"
there bq --project_id "$project" show --dataset "$project:$dataset" ||
  change bq --project_id "$project" --location "$location" mk --dataset --description 'Helpdesk history, written by HelpdeskSync' "$project:$dataset"

# Jobs are a right of the project; rows and tables only of this one dataset.
say "Rights on BigQuery"
change gcloud projects add-iam-policy-binding "$project" --condition None --quiet \
  --member "serviceAccount:$email" --role roles/bigquery.jobUser
change bq --project_id "$project" query --use_legacy_sql=false --location "$location" \
  "GRANT \`roles/bigquery.dataEditor\` ON SCHEMA \`$project\`.\`$dataset\` TO 'serviceAccount:$email'"

say "Secrets"
for secret in "$prefix-oauth-client-id" "$prefix-oauth-client-secret" "$prefix-oauth-refresh-token" "$prefix-webhook-secret"; do
  there gcloud secrets describe "$secret" --project "$project" ||
    change gcloud secrets create "$secret" --project "$project" --replication-policy automatic
  change gcloud secrets add-iam-policy-binding "$secret" --project "$project" --quiet \
    --member "serviceAccount:$email" --role roles/secretmanager.secretAccessor
done
# The refresh token is the one secret the app writes: it adds versions when the helpdesk rotates it and destroys old ones.
change gcloud secrets add-iam-policy-binding "$prefix-oauth-refresh-token" --project "$project" --quiet \
  --member "serviceAccount:$email" --role roles/secretmanager.secretVersionManager

say "Workload identity: Azure identity $principal acts as $email"
there gcloud iam workload-identity-pools describe "$pool" --project "$project" --location global ||
  change gcloud iam workload-identity-pools create "$pool" --project "$project" --location global --display-name 'HelpdeskSync on Azure'
there gcloud iam workload-identity-pools providers describe "$provider" --project "$project" --location global --workload-identity-pool "$pool" ||
  change gcloud iam workload-identity-pools providers create-oidc "$provider" --project "$project" --location global --workload-identity-pool "$pool" \
    --issuer-uri "$issuer" --allowed-audiences "$app_id_uri" \
    --attribute-mapping 'google.subject=assertion.sub' --attribute-condition "assertion.sub=='$principal'"

number="$(gcloud projects describe "$project" --format 'value(projectNumber)')"
[ -n "$number" ] || { echo "The number of project $project cannot be read: is the name right, and may you see it?" >&2; exit 1; }
change gcloud iam service-accounts add-iam-policy-binding "$email" --project "$project" --quiet --role roles/iam.workloadIdentityUser \
  --member "principal://iam.googleapis.com/projects/$number/locations/global/workloadIdentityPools/$pool/subject/$principal"

say "For infra/azure/main.bicepparam"
cat <<OUTPUT
param google = {
  projectId: '$project'
  dataset: '$dataset'
  location: '$location'
  audience: '//iam.googleapis.com/projects/$number/locations/global/workloadIdentityPools/$pool/providers/$provider'
  serviceAccount: '$email'
  subjectTokenScope: '$app_id_uri/.default'
}

Then give each secret its value, for example:
  printf %s 'VALUE' | gcloud secrets versions add $prefix-oauth-client-id --project $project --data-file=-
OUTPUT
