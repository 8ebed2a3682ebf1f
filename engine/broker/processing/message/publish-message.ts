import { ownedBy } from '../../../protocol/tenant.ts';
import { correlateWaiting } from '../../behaviors/shared/correlation.ts';
import { startByMessage } from '../../behaviors/shared/message-start.ts';
import { bufferedMessages, messageExpired, messagePublished } from '../../state/message.ts';
import type { MessageRow } from '../../state/tables.ts';
import { accept, reject, type CommandHandler } from '../command-handler.ts';

/** Publishes a message: correlates it with who waits, starts processes, and buffers it for its time to live. Its id is refused again for as long. */
export const publishMessage: CommandHandler<'publish_message'> = (processing, command) => {
  const { state } = processing;
  const { name, correlationKey, messageId, timeToLiveMs, variables, tenantId } = command;
  if (messageId !== '' && bufferedMessages(state, command).some((each) => each.messageId === messageId && each.deadline > state.now)) {
    return reject('ALREADY_EXISTS', `Expected to publish a new message with id '${messageId}', but a message with that id was already published`);
  }
  const published: MessageRow = { key: state.mintKey(), name, correlationKey, messageId, variables, timeToLive: timeToLiveMs, deadline: state.now + timeToLiveMs, correlatedTo: [], ...ownedBy(tenantId) };
  messagePublished(state, published);
  const message = startByMessage(processing, correlateWaiting(processing, published));
  if (timeToLiveMs <= 0) messageExpired(state, message);
  return accept({ key: message.key });
};
