// What one deployment differs in from another. Copy it, fill it in, and give it to infra/deploy.
using 'main.bicep'

// Short name that every resource carries.
param name = 'hdsync'

// The helpdesk's data centre: desk.zoho.com, .eu, .in, .com.au, .jp ...; the token address must be of the same one.
param helpdesk = {
  apiBaseAddress: 'https://desk.zoho.eu/api/v1/'
  tokenAddress: 'https://accounts.zoho.eu/oauth/v2/token'
  organizationId: '0000000000'
}

// What infra/google/setup.sh prints at its end.
param google = {
  projectId: 'my-project'
  dataset: 'helpdesk_sync'
  location: 'EU'
  audience: '//iam.googleapis.com/projects/0000000000/locations/global/workloadIdentityPools/helpdesk-sync/providers/azure'
  serviceAccount: 'helpdesk-sync@my-project.iam.gserviceaccount.com'
  subjectTokenScope: 'api://00000000-0000-0000-0000-000000000000/.default'
}

// Any row of the README's options table, with __ for the colon.
param settings = {
  Schedules__TimeZone: 'Europe/Amsterdam'
}

// The helpdesk's concurrency is shared by all instances: few are enough.
param maximumInstanceCount = 4

// An instance that is always there spares the first webhook after a quiet hour a cold start, and costs day and night. Instead,
// warmInstances = true lets the app keep one in office hours only (settings Warm__...).
param alwaysReadyInstances = 1

// Who hears of it when an alert fires.
param alertMailAddresses = []

// What the alerts compare with: credits that should be left of a day, bytes that BigQuery may bill a day.
param alertLimits = {
  creditsReserve: 5000
  billedBytesPerDay: 50000000000
}
