import type { ElementBehavior } from '../shared/processing.ts';

/** Receive task: waits for its message (the subscription is opened by the lifecycle). */
export const receiveTask: ElementBehavior = {};
