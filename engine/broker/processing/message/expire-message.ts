import { findMessage, messageExpired } from '../../state/message.ts';
import { accept, type CommandHandler } from '../command-handler.ts';

/** A message's time to live is over. */
export const expireMessage: CommandHandler<'expire_message'> = ({ state }, { messageKey }) => {
  const message = findMessage(state, messageKey);
  if (message !== undefined && message.deadline <= state.now) messageExpired(state, message);
  return accept({});
};
