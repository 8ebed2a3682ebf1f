import type { ElementBehavior } from '../shared/processing.ts';

/** Message, timer or signal catch event: waits; goes on at once when an event-based gateway has caught its event, or a link leads to it. */
export const intermediateCatchEvent: ElementBehavior = {
  takesInputs: ({ eventType }) => eventType !== 'LINK',
  keepsTrigger: () => true,
  prepare: (processing, element, _instance, trigger) => (instance) => {
    if (trigger !== undefined || element.eventType === 'LINK') processing.follow({ type: 'complete', key: instance.key });
  },
};
