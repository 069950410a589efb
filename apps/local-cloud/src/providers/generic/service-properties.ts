import type { JsonObject } from '@slipway/arm-template';

const namespaceOfBus: JsonObject = {
  status: 'Active',
  serviceBusEndpoint: 'https://{name}.servicebus.{domain}:443/',
  metricId: '{subscription}:{name}',
};
const databaseServer = (service: string): JsonObject => ({
  fullyQualifiedDomainName: `{name}.${service}.{domain}`,
  userVisibleState: 'Ready',
});
const flexibleServer = (service: string): JsonObject => ({
  fullyQualifiedDomainName: `{name}.${service}.{domain}`,
  state: 'Ready',
});
const account = (service: string): JsonObject => ({
  accountId: '{guid}',
  accountDomain: `${service}.{domain}`,
});
const record: JsonObject = { fqdn: '{name}.{parent}.', 'metadata?': {} };
const entityOfBus: JsonObject = { 'status?': 'Active' };
const desktop: JsonObject = { objectId: '{guid}' };

/**
 * What Azure adds to the properties of resources without a provider here, by lower-case type. Texts are patterns (see
 * `filledPattern`); a member whose name ends in `?` is there only where none was sent. Source: the answers in the REST API
 * reference of each service; hosts are under this cloud's own domain.
 */
export const serviceProperties: Readonly<Record<string, JsonObject>> = {
  'microsoft.analysisservices/servers': {
    serverFullName: 'asazure://{location}.asazure.{domain}/{name}',
    state: 'Succeeded',
  },
  'microsoft.apimanagement/service': {
    gatewayUrl: 'https://{name}.azure-api.{domain}',
    gatewayRegionalUrl: 'https://{name}-{location}-01.regional.azure-api.{domain}',
    'hostnameConfigurations?': [
      { type: 'Proxy', hostName: '{name}.azure-api.{domain}', defaultSslBinding: true },
    ],
    portalUrl: 'https://{name}.portal.azure-api.{domain}',
    developerPortalUrl: 'https://{name}.developer.azure-api.{domain}',
    managementApiUrl: 'https://{name}.management.azure-api.{domain}',
    scmUrl: 'https://{name}.scm.azure-api.{domain}',
    publicIPAddresses: ['{address}'],
    createdAtUtc: '{created}',
  },
  'microsoft.app/managedenvironments': {
    defaultDomain: '{hash:12}.{location}.azurecontainerapps.{domain}',
    staticIp: '{address}',
  },
  'microsoft.appconfiguration/configurationstores': {
    endpoint: 'https://{name}.azconfig.{domain}',
    creationDate: '{created}',
  },
  'microsoft.appplatform/spring': { serviceId: '{hash:32}', fqdn: '{name}.azuremicroservices.{domain}' },
  'microsoft.attestation/attestationproviders': {
    attestUri: 'https://{name}.{location}.attest.{domain}',
    status: 'Ready',
    trustModel: 'AAD',
  },
  'microsoft.automation/automationaccounts': {
    state: 'Ok',
    RegistrationUrl: 'https://{guid}.agentsvc.{location}.azure-automation.{domain}/accounts/{guid}',
    automationHybridServiceUrl:
      'https://{guid}.jrds.{location}.azure-automation.{domain}/automationAccounts/{guid}',
    creationTime: '{created}',
  },
  'microsoft.automation/automationaccounts/runbooks': {
    'state?': 'Published',
    creationTime: '{created}',
  },
  'microsoft.batch/batchaccounts': {
    accountEndpoint: '{name}.{location}.batch.{domain}',
    'poolAllocationMode?': 'BatchService',
    dedicatedCoreQuota: 20,
    lowPriorityCoreQuota: 20,
    poolQuota: 100,
    activeJobAndJobScheduleQuota: 300,
  },
  'microsoft.cache/redis': {
    hostName: '{name}.redis.cache.{domain}',
    port: 6379,
    sslPort: 6380,
    'redisVersion?': '4.0.14',
    'enableNonSslPort?': false,
  },
  'microsoft.cache/redisenterprise': {
    hostName: '{name}.{location}.redisenterprise.cache.{domain}',
    resourceState: 'Running',
  },
  'microsoft.cache/redisenterprise/databases': { resourceState: 'Running', 'port?': 10_000 },
  'microsoft.cdn/profiles': { resourceState: 'Active', frontDoorId: '{guid}' },
  'microsoft.cdn/profiles/afdendpoints': {
    hostName: '{name}-{hash:16}.z01.azurefd.{domain}',
    'enabledState?': 'Enabled',
    deploymentStatus: 'NotStarted',
  },
  'microsoft.cdn/profiles/customdomains': {
    domainValidationState: 'Pending',
    validationProperties: { validationToken: '{hash:32}' },
  },
  'microsoft.cdn/profiles/endpoints': { hostName: '{name}.azureedge.{domain}', resourceState: 'Running' },
  'microsoft.communication/communicationservices': {
    hostName: '{name}.communication.{domain}',
    immutableResourceId: '{guid}',
  },
  'microsoft.communication/emailservices/domains': {
    fromSenderDomain: '{guid}.azurecomm.{domain}',
    mailFromSenderDomain: '{guid}.azurecomm.{domain}',
  },
  'microsoft.compute/cloudservices': { uniqueId: '{guid}' },
  'microsoft.compute/galleries': { identifier: { uniqueName: '{subscription}-{NAME}' } },
  'microsoft.compute/proximityplacementgroups': { 'proximityPlacementGroupType?': 'Standard' },
  'microsoft.compute/snapshots': { timeCreated: '{created}', diskState: 'Unattached', uniqueId: '{guid}' },
  'microsoft.confidentialledger/ledgers': {
    ledgerUri: 'https://{name}.confidential-ledger.{domain}',
    identityServiceUri: 'https://identity.confidential-ledger.core.{domain}/ledgerIdentity/{name}',
  },
  'microsoft.containerregistry/registries': {
    loginServer: '{name}.azurecr.{domain}',
    creationDate: '{created}',
    'adminUserEnabled?': false,
  },
  'microsoft.dashboard/grafana': { endpoint: 'https://{name}-{hash:16}.{location}.grafana.{domain}' },
  'microsoft.databricks/workspaces': {
    workspaceId: '{digits:16}',
    workspaceUrl: 'adb-{digits:16}.10.azuredatabricks.{domain}',
    createdDateTime: '{created}',
  },
  'microsoft.datafactory/factories': { version: '2018-06-01', createTime: '{created}' },
  'microsoft.datalakeanalytics/accounts': {
    accountId: '{guid}',
    endpoint: '{name}.azuredatalakeanalytics.{domain}',
    state: 'Active',
  },
  'microsoft.datalakestore/accounts': {
    accountId: '{guid}',
    endpoint: '{name}.azuredatalakestore.{domain}',
    state: 'Active',
  },
  'microsoft.dbformariadb/servers': databaseServer('mariadb.database'),
  'microsoft.dbformysql/flexibleservers': flexibleServer('mysql.database'),
  'microsoft.dbformysql/servers': databaseServer('mysql.database'),
  'microsoft.dbforpostgresql/flexibleservers': flexibleServer('postgres.database'),
  'microsoft.dbforpostgresql/servers': databaseServer('postgres.database'),
  'microsoft.desktopvirtualization/applicationgroups': desktop,
  'microsoft.desktopvirtualization/hostpools': desktop,
  'microsoft.desktopvirtualization/workspaces': desktop,
  'microsoft.devices/iothubs': {
    hostName: '{name}.azure-devices.{domain}',
    state: 'Active',
    eventHubEndpoints: {
      events: {
        'retentionTimeInDays?': 1,
        'partitionCount?': 4,
        partitionIds: ['0', '1', '2', '3'],
        path: '{name}',
        endpoint: 'sb://iothub-ns-{name}-{digits:7}-{hash:10}.servicebus.{domain}/',
      },
    },
  },
  'microsoft.devices/provisioningservices': {
    state: 'Active',
    serviceOperationsHostName: '{name}.azure-devices-provisioning.{domain}',
    deviceProvisioningHostName: 'global.azure-devices-provisioning.{domain}',
    idScope: '0ne{digits:8}',
    'allocationPolicy?': 'Hashed',
  },
  'microsoft.devtestlab/labs': {
    createdDate: '{created}',
    uniqueIdentifier: '{guid}',
    'labStorageType?': 'Premium',
  },
  'microsoft.devtestlab/labs/virtualmachines': {
    fqdn: '{name}.{location}.cloudapp.{domain}',
    uniqueIdentifier: '{guid}',
    createdDate: '{created}',
  },
  'microsoft.digitaltwins/digitaltwinsinstances': {
    hostName: '{name}.api.{location}.digitaltwins.{domain}',
    createdTime: '{created}',
  },
  'microsoft.documentdb/databaseaccounts': {
    documentEndpoint: 'https://{name}.documents.{domain}:443/',
    instanceId: '{guid}',
    'databaseAccountOfferType?': 'Standard',
  },
  'microsoft.eventgrid/domains': {
    endpoint: 'https://{name}.{location}-1.eventgrid.{domain}/api/events',
    metricResourceId: '{guid}',
  },
  'microsoft.eventgrid/systemtopics': { metricResourceId: '{guid}' },
  'microsoft.eventgrid/topics': {
    endpoint: 'https://{name}.{location}-1.eventgrid.{domain}/api/events',
    metricResourceId: '{guid}',
    'inputSchema?': 'EventGridSchema',
  },
  'microsoft.eventhub/namespaces': namespaceOfBus,
  'microsoft.eventhub/namespaces/eventhubs': {
    'status?': 'Active',
    'partitionCount?': 4,
    'messageRetentionInDays?': 7,
    createdAt: '{created}',
  },
  'microsoft.hdinsight/clusters': {
    clusterId: '{hash:32}',
    clusterState: 'Running',
    createdDate: '{created}',
    connectivityEndpoints: [
      { name: 'SSH', protocol: 'TCP', location: '{name}-ssh.azurehdinsight.{domain}', port: 22 },
      { name: 'HTTPS', protocol: 'TCP', location: '{name}.azurehdinsight.{domain}', port: 443 },
    ],
  },
  'microsoft.insights/components': {
    ApplicationId: '{Name}',
    AppId: '{guid:application}',
    Name: '{Name}',
    'Application_Type?': 'web',
    InstrumentationKey: '{guid:instrumentation key}',
    ConnectionString:
      'InstrumentationKey={guid:instrumentation key};IngestionEndpoint=https://{location}.in.applicationinsights.{domain}/',
    TenantId: '{subscription}',
    CreationDate: '{created}',
  },
  'microsoft.insights/datacollectionendpoints': {
    immutableId: 'dce-{hash:32}',
    configurationAccess: {
      endpoint: 'https://{name}-{hash:4}.{location}-1.handler.control.monitor.{domain}',
    },
    logsIngestion: { endpoint: 'https://{name}-{hash:4}.{location}-1.ingest.monitor.{domain}' },
    metricsIngestion: { endpoint: 'https://{name}-{hash:4}.{location}-1.metrics.ingest.monitor.{domain}' },
  },
  'microsoft.insights/datacollectionrules': { immutableId: 'dcr-{hash:32}' },
  'microsoft.insights/webtests': { SyntheticMonitorId: '{Name}' },
  'microsoft.iotcentral/iotapps': { applicationId: '{guid}', state: 'created' },
  'microsoft.keyvault/managedhsms': { hsmUri: 'https://{name}.managedhsm.{domain}/' },
  'microsoft.kusto/clusters': {
    state: 'Running',
    uri: 'https://{name}.{location}.kusto.{domain}',
    dataIngestionUri: 'https://ingest-{name}.{location}.kusto.{domain}',
  },
  'microsoft.loadtestservice/loadtests': { dataPlaneURI: '{guid}.{location}.cnt-prod.loadtesting.{domain}' },
  'microsoft.logic/integrationaccounts': { 'state?': 'Enabled' },
  'microsoft.logic/workflows': {
    'state?': 'Enabled',
    createdTime: '{created}',
    version: '{digits:20}',
    accessEndpoint: 'https://prod-00.{location}.logic.{domain}:443/workflows/{hash:32}',
    endpointsConfiguration: {
      workflow: {
        outgoingIpAddresses: [{ address: '{address}' }],
        accessEndpointIpAddresses: [{ address: '{address:in}' }],
      },
      connector: { outgoingIpAddresses: [{ address: '{address:connector}' }] },
    },
  },
  'microsoft.machinelearningservices/workspaces': {
    workspaceId: '{guid}',
    discoveryUrl: 'https://{location}.api.azureml.{domain}/discovery',
    mlFlowTrackingUri: 'azureml://{location}.api.azureml.{domain}/mlflow/v1.0{id}',
  },
  'microsoft.managedidentity/userassignedidentities': {
    tenantId: '{tenant}',
    principalId: '{guid:principal}',
    clientId: '{guid:client}',
  },
  'microsoft.maps/accounts': { uniqueId: '{guid}' },
  'microsoft.media/mediaservices': { mediaServiceId: '{guid}' },
  'microsoft.media/mediaservices/streamingendpoints': {
    hostName: '{name}-{parent}-{hash:4}.streaming.media.{domain}',
    resourceState: 'Running',
  },
  'microsoft.mixedreality/objectanchorsaccounts': account('mixedreality'),
  'microsoft.mixedreality/remoterenderingaccounts': account('mixedreality'),
  'microsoft.mixedreality/spatialanchorsaccounts': account('mixedreality'),
  'microsoft.monitor/accounts': {
    accountId: '{guid}',
    metrics: {
      prometheusQueryEndpoint: 'https://{name}-{hash:4}.{location}.prometheus.monitor.{domain}',
      internalId: 'mac_{guid}',
    },
  },
  'microsoft.netapp/netappaccounts/capacitypools': { poolId: '{guid}' },
  'microsoft.netapp/netappaccounts/capacitypools/volumes': { fileSystemId: '{guid}' },
  'microsoft.network/applicationgateways': { operationalState: 'Running', resourceGuid: '{guid}' },
  'microsoft.network/bastionhosts': { dnsName: 'bst-{guid}.bastion.{domain}' },
  'microsoft.network/connections': {
    connectionStatus: 'Unknown',
    'connectionProtocol?': 'IKEv2',
    ingressBytesTransferred: 0,
    egressBytesTransferred: 0,
    resourceGuid: '{guid}',
  },
  'microsoft.network/dnszones': {
    nameServers: [
      'ns1-01.azure-dns.{domain}.',
      'ns2-01.azure-dns.{domain}.',
      'ns3-01.azure-dns.{domain}.',
      'ns4-01.azure-dns.{domain}.',
    ],
    maxNumberOfRecordSets: 10_000,
    numberOfRecordSets: 2,
    'zoneType?': 'Public',
  },
  ...Object.fromEntries(
    ['a', 'aaaa', 'caa', 'cname', 'mx', 'ns', 'ptr', 'srv', 'txt'].flatMap((kind) => [
      [`microsoft.network/dnszones/${kind}`, record],
      [`microsoft.network/privatednszones/${kind}`, record],
    ]),
  ),
  'microsoft.network/expressroutecircuits': {
    serviceKey: '{guid}',
    circuitProvisioningState: 'Enabled',
    serviceProviderProvisioningState: 'NotProvisioned',
  },
  'microsoft.network/firewallpolicies': { firewalls: [], childPolicies: [], ruleCollectionGroups: [] },
  'microsoft.network/frontdoors': {
    cname: '{name}.azurefd.{domain}',
    frontdoorId: '{guid}',
    resourceState: 'Enabled',
  },
  'microsoft.network/privatednszones': {
    maxNumberOfRecordSets: 25_000,
    maxNumberOfVirtualNetworkLinks: 1000,
    maxNumberOfVirtualNetworkLinksWithRegistration: 100,
    numberOfRecordSets: 1,
  },
  'microsoft.network/privatednszones/virtualnetworklinks': { virtualNetworkLinkState: 'Completed' },
  'microsoft.network/privatelinkservices': { alias: '{name}.{guid}.{location}.azure.privatelinkservice' },
  'microsoft.network/virtualhubs': {
    routingState: 'Provisioned',
    virtualRouterAsn: 65_515,
    'virtualRouterIps?': [],
  },
  'microsoft.network/virtualnetworkgateways': { resourceGuid: '{guid}' },
  'microsoft.network/vpngateways': {
    bgpSettings: { 'asn?': 65_515, 'peerWeight?': 0 },
    ipConfigurations: [
      { id: 'Instance0', publicIpAddress: '{address:0}' },
      { id: 'Instance1', publicIpAddress: '{address:1}' },
    ],
  },
  'microsoft.notificationhubs/namespaces': namespaceOfBus,
  'microsoft.operationalinsights/workspaces': {
    customerId: '{guid:customer}',
    'retentionInDays?': 30,
    createdDate: '{created}',
  },
  'microsoft.powerbidedicated/capacities': { state: 'Succeeded' },
  'microsoft.purview/accounts': {
    friendlyName: '{Name}',
    createdAt: '{created}',
    endpoints: {
      catalog: 'https://{name}.purview.{domain}/catalog',
      guardian: 'https://{name}.purview.{domain}/guardian',
      scan: 'https://{name}.purview.{domain}/scan',
    },
  },
  'microsoft.quantum/workspaces': { endpointUri: 'https://{name}.{location}.quantum.{domain}' },
  'microsoft.relay/namespaces': namespaceOfBus,
  'microsoft.search/searchservices': {
    status: 'running',
    'replicaCount?': 1,
    'partitionCount?': 1,
    'hostingMode?': 'default',
  },
  'microsoft.servicebus/namespaces': namespaceOfBus,
  'microsoft.servicebus/namespaces/queues': entityOfBus,
  'microsoft.servicebus/namespaces/topics': entityOfBus,
  'microsoft.servicebus/namespaces/topics/subscriptions': entityOfBus,
  'microsoft.servicefabric/clusters': {
    clusterId: '{guid}',
    clusterState: 'Ready',
    clusterEndpoint: 'https://{location}.servicefabric.{domain}/runtime/clusters/{guid}',
  },
  'microsoft.signalrservice/signalr': {
    hostName: '{name}.service.signalr.{domain}',
    externalIP: '{address}',
    publicPort: 443,
    serverPort: 443,
    version: '1.0',
  },
  'microsoft.signalrservice/webpubsub': {
    hostName: '{name}.webpubsub.{domain}',
    externalIP: '{address}',
    publicPort: 443,
    serverPort: 443,
    version: '1.0',
  },
  'microsoft.sql/managedinstances': {
    fullyQualifiedDomainName: '{name}.{hash:12}.database.{domain}',
    dnsZone: '{hash:12}',
    state: 'Ready',
  },
  'microsoft.sql/servers': {
    fullyQualifiedDomainName: '{name}.database.{domain}',
    state: 'Ready',
    'version?': '12.0',
    'publicNetworkAccess?': 'Enabled',
  },
  'microsoft.sql/servers/databases': {
    status: 'Online',
    databaseId: '{guid}',
    creationDate: '{created}',
    'collation?': 'SQL_Latin1_General_CP1_CI_AS',
  },
  'microsoft.sql/servers/failovergroups': { replicationRole: 'Primary', replicationState: 'CATCH_UP' },
  'microsoft.storagesync/storagesyncservices': { storageSyncServiceUid: '{guid}' },
  'microsoft.streamanalytics/streamingjobs': {
    jobId: '{guid}',
    jobState: 'Created',
    createdDate: '{created}',
  },
  'microsoft.synapse/workspaces': {
    workspaceUID: '{guid}',
    connectivityEndpoints: {
      web: 'https://web.azuresynapse.{domain}?workspace=%2fsubscriptions%2f{subscription}%2fresourceGroups%2f{group}%2fproviders%2fMicrosoft.Synapse%2fworkspaces%2f{Name}',
      dev: 'https://{name}.dev.azuresynapse.{domain}',
      sqlOnDemand: '{name}-ondemand.sql.azuresynapse.{domain}',
      sql: '{name}.sql.azuresynapse.{domain}',
    },
  },
  'microsoft.timeseriesinsights/environments': {
    dataAccessId: '{guid}',
    dataAccessFqdn: '{guid}.env.timeseries.{domain}',
    creationTime: '{created}',
  },
  'microsoft.web/certificates': {
    thumbprint: '{HASH:40}',
    issueDate: '{created}',
    valid: true,
  },
  'microsoft.web/connections': {
    'statuses?': [{ status: 'Connected' }],
    connectionRuntimeUrl:
      'https://{hash:16}.common.logic-{location}.azure-apihub.{domain}/apim/{name}/{hash:32}',
    createdTime: '{created}',
  },
  'microsoft.web/hostingenvironments': {
    status: 'Ready',
    'dnsSuffix?': '{name}.appserviceenvironment.{domain}',
  },
  'microsoft.web/serverfarms': {
    status: 'Ready',
    subscription: '{subscription}',
    resourceGroup: '{group}',
    geoRegion: '{location}',
    maximumNumberOfWorkers: 10,
  },
  'microsoft.web/staticsites': {
    defaultHostname: '{name}-{hash:9}.azurestaticapps.{domain}',
    'customDomains?': [],
  },
};
