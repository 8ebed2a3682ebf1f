import type { ElementBehavior } from '../shared/processing.ts';

/** Receive task: waits for its message (the subscription is opened by the lifecycle), or is begun by it together with its process. */
export const receiveTask: ElementBehavior = {
  prepare: (processing, _element, _instance, trigger) => (instance) => {
    if (trigger !== undefined) processing.follow({ type: 'complete', key: instance.key });
  },
};
