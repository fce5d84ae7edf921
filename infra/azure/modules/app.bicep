// The function app on Flex Consumption: .NET 10 isolated, reached over HTTPS alone, published by identity alone.
param name string
param location string

param identity {
  id: string
  clientId: string
  principalId: string
}

param storage {
  blobEndpoint: string
  queueEndpoint: string
  tableEndpoint: string
  deploymentContainer: string
  dataContainer: string
}

@description('Connection string of Application Insights. Holds no secret where local authentication is off.')
param connectionString string

param helpdesk {
  apiBaseAddress: string
  tokenAddress: string
  organizationId: string
}

param google {
  projectId: string
  dataset: string
  location: string
  audience: string
  serviceAccount: string
  subjectTokenScope: string
}

param settings object
param instanceMemoryMB int
param maximumInstanceCount int
param alwaysReadyInstances int
param warmInstances bool

var appName = 'func-${name}-${uniqueString(resourceGroup().id)}'
var websiteContributor = 'de139f84-1756-47ae-9be6-808fbbe84772'

var hostSettings = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identity.clientId
  AzureWebJobsStorage__blobServiceUri: storage.blobEndpoint
  AzureWebJobsStorage__queueServiceUri: storage.queueEndpoint
  AzureWebJobsStorage__tableServiceUri: storage.tableEndpoint
  APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.clientId};Authorization=AAD'
}

var appSettings = {
  Helpdesk__ApiBaseAddress: helpdesk.apiBaseAddress
  Helpdesk__TokenAddress: helpdesk.tokenAddress
  Helpdesk__OrganizationId: helpdesk.organizationId
  BigQuery__ProjectId: google.projectId
  BigQuery__Dataset: google.dataset
  BigQuery__Location: google.location
  Secrets__ProjectId: google.projectId
  Google__WorkloadIdentity__Audience: google.audience
  Google__WorkloadIdentity__ServiceAccount: google.serviceAccount
  Google__WorkloadIdentity__SubjectTokenScope: google.subjectTokenScope
  Google__WorkloadIdentity__ManagedIdentityClientId: identity.clientId
  Storage__BlobServiceUri: storage.blobEndpoint
  Storage__Container: storage.dataContainer
  Storage__ManagedIdentityClientId: identity.clientId
  Telemetry__ManagedIdentityClientId: identity.clientId
}

var warmSettings = warmInstances
  ? {
      Warm__SiteResourceId: resourceId('Microsoft.Web/sites', appName)
      Warm__ManagedIdentityClientId: identity.clientId
    }
  : {}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: appName
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    keyVaultReferenceIdentity: identity.id
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
    }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: storage.deploymentContainer
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances == 0 ? [] : [{ name: 'durable', instanceCount: alwaysReadyInstances }]
      }
    }
  }

  resource configuration 'config' = {
    name: 'appsettings'
    properties: union(hostSettings, appSettings, warmSettings, settings)
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

resource ownSite 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (warmInstances) {
  name: guid(site.id, identity.principalId, websiteContributor)
  scope: site
  properties: {
    principalId: identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', websiteContributor)
  }
}

output appName string = site.name
output address string = 'https://${site.properties.defaultHostName}'
