/** Records become the read model that pages ask (schema `read_model`). */
export { projectionMigrations } from './migrations/index.ts';
export { startProjection, type Projection, type ProjectionOptions } from './projection.ts';
export { applyRecords, clearReadModel, readPosition, type ProjectionChanges } from './apply-records.ts';
export { SEARCH_TEXT } from './search-text.ts';
export { instanceTables } from './tables.ts';
export type { RecordSource } from './record-source.ts';
export { readOutline, type ElementName, type ProcessOutline } from './element-names.ts';
export { allNodes, childOf, extensionOf, propertiesOf, readXml, XmlError, type XmlNode } from './xml-tree.ts';
