/** Records become the read model that pages ask (schema `read_model`). */
export { projectionMigrations } from './migrations/index.ts';
export { startFollowing, startProjection, watchProjection, type Following, type Projection } from './projection.ts';
export type { FollowerOptions, Progress } from './partition-follower.ts';
export { applyRecords, clearReadModel, readPosition, type ProjectionChanges } from './apply-records.ts';
export { SEARCH_TEXT } from './search-text.ts';
export { instanceTables } from './tables.ts';
export type { RecordSource } from './record-source.ts';
export { readOutline, type ElementName, type ProcessOutline } from './element-names.ts';
export { allNodes, childOf, extensionOf, propertiesOf, readXml, XmlError, type XmlNode } from './xml-tree.ts';
