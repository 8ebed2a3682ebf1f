import { divergingGateway } from './diverging-gateway.ts';

/** Diverging inclusive gateway: takes every flow whose condition holds, else the default flow. */
export const inclusiveGateway = divergingGateway((flows, holds) => flows.filter(holds));
