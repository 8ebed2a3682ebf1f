import { divergingGateway } from './diverging-gateway.ts';

/** Exclusive gateway: takes the first flow whose condition holds, else the default flow. Conditions after it are not asked. */
export const exclusiveGateway = divergingGateway((flows, holds) => {
  const first = flows.find(holds);
  return first === undefined ? [] : [first];
});
