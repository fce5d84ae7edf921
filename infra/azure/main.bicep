// HelpdeskSync on Azure: one Flex Consumption app, its storage reached by identity alone, its telemetry and its alerts.
// Deploy into a resource group of its own: see infra/deploy.
targetScope = 'resourceGroup'

@description('Short name that all resources carry; 3 to 12 lower-case letters and digits.')
@minLength(3)
@maxLength(12)
param name string

@description('Region of all resources. Flex Consumption must be offered there.')
param location string = resourceGroup().location

@description('The helpdesk: API and token address of the same data centre, and the organisation.')
param helpdesk {
  apiBaseAddress: string
  tokenAddress: string
  organizationId: string
}

@description('Google Cloud: where the tables and the secrets are, and the pool that trusts this app\'s identity (infra/google prints these).')
param google {
  projectId: string
  dataset: string
  location: string
  audience: string
  serviceAccount: string
  subjectTokenScope: string
}

@description('Further settings of the README\'s options table, as in { \'Schedules__TimeZone\': \'Europe/Amsterdam\' }.')
param settings object = {}

@description('Memory of an instance, in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Most instances at once. The helpdesk\'s concurrency is shared by them.')
@minValue(1)
@maxValue(100)
param maximumInstanceCount int = 10

@description('Always-ready instances of the durable group, day and night: they cost, and spare the first webhook after a quiet hour a cold start. 0 where warmInstances is on.')
@minValue(0)
param alwaysReadyInstances int = 1

@description('Let the app itself keep an instance warm in office hours (settings Warm__...). Gives its identity the right to change its own site.')
param warmInstances bool = false

@description('Mail addresses that alerts go to; none: the alerts only show in the portal.')
param alertMailAddresses string[] = []

@description('What the alerts compare with.')
param alertLimits {
  @description('Credits of the helpdesk\'s day that should always be left.')
  creditsReserve: int
  @description('Bytes that BigQuery may bill a day.')
  billedBytesPerDay: int
} = {
  creditsReserve: 5000
  billedBytesPerDay: 50000000000
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: { name: name, location: location }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: { name: name, location: location, principalId: identity.outputs.principalId }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: { name: name, location: location, principalId: identity.outputs.principalId }
}

module app 'modules/app.bicep' = {
  name: 'app'
  params: {
    name: name
    location: location
    identity: { id: identity.outputs.id, clientId: identity.outputs.clientId, principalId: identity.outputs.principalId }
    storage: {
      blobEndpoint: storage.outputs.blobEndpoint
      queueEndpoint: storage.outputs.queueEndpoint
      tableEndpoint: storage.outputs.tableEndpoint
      deploymentContainer: storage.outputs.deploymentContainer
      dataContainer: storage.outputs.dataContainer
    }
    connectionString: monitoring.outputs.connectionString
    helpdesk: helpdesk
    google: google
    settings: settings
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: warmInstances ? 0 : alwaysReadyInstances
    warmInstances: warmInstances
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    name: name
    location: location
    workspaceId: monitoring.outputs.workspaceId
    mailAddresses: alertMailAddresses
    limits: alertLimits
  }
}

@description('The app\'s address; the webhook\'s is this and /api/webhook.')
output address string = app.outputs.address

@description('The app\'s name, for publishing.')
output appName string = app.outputs.appName

@description('Object id of the identity: infra/google lets this one, and no other, act as the service account.')
output principalId string = identity.outputs.principalId

@description('The storage account that holds the task hub, for Durable Functions Monitor.')
output storageAccount string = storage.outputs.accountName
