import { broadcastSignal as broadcast } from '../../behaviors/shared/signals.ts';
import { accept, type CommandHandler } from '../command-handler.ts';

/** Broadcasts a signal to whoever waits for it now. */
export const broadcastSignal: CommandHandler<'broadcast_signal'> = (processing, { signalName, variables, tenantId }) => accept({ key: broadcast(processing, signalName, variables, tenantId) });
