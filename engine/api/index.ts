/** The REST interface of the product. */
export { createApi, type Api } from './create-api.ts';
export type { ApiOptions } from './api-options.ts';
export { apiMigrations } from './migrations/index.ts';
export { createGatewayClient, GatewayError, type DeployedResource, type GatewayClient, type GatewayClientOptions, type ResourceToDeploy } from './gateway-client.ts';
export { deployShipped, type DeployShippedOptions, type ShippedDeployment } from './deploy-shipped.ts';
export { readHealth } from './platform/health.ts';
