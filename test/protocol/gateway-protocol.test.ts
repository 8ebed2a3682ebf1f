import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import protobuf from 'protobufjs';
import { describe, expect, test } from 'vitest';

const read = (file: string) => protobuf.parse(readFileSync(file, 'utf8')).root.resolveAll().lookup('gateway_protocol') as protobuf.Namespace;
const ours = read(path.join(import.meta.dirname, '../../engine/protocol/gateway.proto'));
const published = read(createRequire(import.meta.url).resolve('zeebe-node-as-published/proto/zeebe.proto'));

function all<Kind extends protobuf.ReflectionObject>(namespace: protobuf.NamespaceBase, kind: new (...given: never[]) => Kind): Kind[] {
  return namespace.nestedArray.flatMap((each) => [...(each instanceof kind ? [each] : []), ...(each instanceof protobuf.Namespace ? all(each, kind) : [])]);
}

const find = <Kind extends protobuf.ReflectionObject>(kind: new (...given: never[]) => Kind, { fullName }: protobuf.ReflectionObject): Kind | undefined => all(ours, kind).find((each) => each.fullName === fullName);

describe('the protocol file is the one that clients carry', () => {
  test.each(all(published, protobuf.Type).map((message) => [message.name, message] as const))('message %s has the same fields', (_name, message) => {
    const same = find(protobuf.Type, message);
    const told = (fields: readonly protobuf.Field[] | undefined) => fields?.map(({ name, id, type, repeated, partOf }) => ({ name, id, type, repeated, oneof: partOf?.name ?? null }));
    const names = new Set(message.fieldsArray.map((field) => field.name));
    expect(told(same?.fieldsArray.filter((field) => names.has(field.name)).sort((a, b) => a.id - b.id))).toEqual(told([...message.fieldsArray].sort((a, b) => a.id - b.id)));
  });

  test.each(all(published, protobuf.Enum).map((each) => [each.name, each] as const))('enum %s has the same values', (_name, each) => {
    expect(find(protobuf.Enum, each)?.values).toEqual(each.values);
  });

  test.each(all(published, protobuf.Service)[0]!.methodsArray.map((rpc) => [rpc.name, rpc] as const))('rpc %s takes and gives the same', (name, rpc) => {
    const told = ({ requestType, responseType, requestStream, responseStream }: protobuf.Method) => ({ requestType, responseType, requestStream: requestStream === true, responseStream: responseStream === true });
    expect(told(all(ours, protobuf.Service)[0]!.methods[name]!)).toEqual(told(rpc));
  });
});

test('it has every rpc of 8.5, those that the older client lacks included', () => {
  expect(all(ours, protobuf.Service)[0]!.methodsArray.map((rpc) => rpc.name).sort()).toEqual(
    'ActivateJobs BroadcastSignal CancelProcessInstance CompleteJob CreateProcessInstance CreateProcessInstanceWithResult DeleteResource DeployProcess DeployResource EvaluateDecision FailJob MigrateProcessInstance ModifyProcessInstance PublishMessage ResolveIncident SetVariables StreamActivatedJobs ThrowError Topology UpdateJobRetries UpdateJobTimeout'.split(' '),
  );
  const numbers = (name: string) => Object.fromEntries((ours.lookupType(name).fieldsArray).map((field) => [field.name, field.id]));
  expect(numbers('UpdateJobTimeoutRequest')).toEqual({ jobKey: 1, timeout: 2 });
  expect(numbers('MigrateProcessInstanceRequest.MappingInstruction')).toEqual({ sourceElementId: 1, targetElementId: 2 });
  expect(numbers('MigrateProcessInstanceRequest.MigrationPlan')).toEqual({ targetProcessDefinitionKey: 1, mappingInstructions: 2 });
});
