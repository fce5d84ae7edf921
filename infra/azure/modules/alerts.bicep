// The alerts of docs/operations.md: each says there what it means and what to do when it fires.
param name string
param location string
param workspaceId string
param mailAddresses string[]

param limits {
  creditsReserve: int
  billedBytesPerDay: int
}

var rules = [
  {
    name: 'no-successful-run'
    title: 'No run has ended well for 26 hours'
    severity: 1
    query: 'AppMetrics | where TimeGenerated > ago(26h) | where Name == "helpdesksync.runs" and tostring(Properties["outcome"]) == "complete" | summarize measured = sum(Sum)'
    window: 'P2D'
    frequency: 'PT1H'
    operator: 'LessThan'
    threshold: 1
  }
  {
    name: 'event-lag'
    title: 'Rows are more than 5 minutes behind their events (p95)'
    severity: 2
    query: 'AppMetrics | where Name == "helpdesksync.event.lag.p95" | summarize measured = max(Max)'
    window: 'PT15M'
    frequency: 'PT5M'
    operator: 'GreaterThan'
    threshold: 300
  }
  {
    name: 'failures-that-stay'
    title: 'Records could not be had, and a later run did not cure it'
    severity: 2
    query: 'AppMetrics | where Name == "helpdesksync.failures" | summarize reports = count(), least = min(Min) by tostring(Properties["table"]) | where reports > 1 and least > 0 | summarize measured = sum(least)'
    window: 'P2D'
    frequency: 'PT1H'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'deletes-wait'
    title: 'Deletions wait for approval'
    severity: 2
    query: 'AppMetrics | where Name == "helpdesksync.deletes.waiting" | summarize measured = max(Max)'
    window: 'PT1H'
    frequency: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'credits'
    title: 'The helpdesk\'s credits of the day are under the reserve'
    severity: 2
    query: 'AppMetrics | where Name == "helpdesksync.api.credits.remaining" | summarize arg_max(TimeGenerated, Min) | project shortfall = ${limits.creditsReserve} - Min | summarize measured = max(shortfall)'
    window: 'PT1H'
    frequency: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'bytes-over-budget'
    title: 'BigQuery billed more bytes in a day than the budget'
    severity: 3
    query: 'AppMetrics | where Name == "helpdesksync.bigquery.billed" | summarize measured = sum(Sum)'
    window: 'P1D'
    frequency: 'PT1H'
    operator: 'GreaterThan'
    threshold: limits.billedBytesPerDay
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(mailAddresses)) {
  name: 'ag-${name}'
  location: 'global'
  properties: {
    groupShortName: name
    enabled: true
    emailReceivers: [
      for (address, index) in mailAddresses: { name: 'mail-${index}', emailAddress: address, useCommonAlertSchema: true }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [
  for rule in rules: {
    name: 'alert-${name}-${rule.name}'
    location: location
    properties: {
      displayName: 'HelpdeskSync: ${rule.title}'
      description: 'docs/operations.md, section Alerts, says what to do.'
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: rule.frequency
      windowSize: rule.window
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Maximum'
            metricMeasureColumn: 'measured'
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      actions: { actionGroups: empty(mailAddresses) ? [] : [people.id] }
    }
  }
]
