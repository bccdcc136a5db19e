import { NativeConnection, type NativeConnectionOptions } from '@temporalio/worker';
import { UserError } from '../domain/user-error.ts';

const THIS_MACHINE = /^(localhost|127\.[\d.]+|\[::1\])(:\d+)?$/;

/**
 * Connects a worker. To a server on the same machine nothing is compressed: that only costs both sides CPU time.
 * @throws UserError naming the address when nobody answers there.
 */
export async function connectWorker(options: NativeConnectionOptions & { readonly address: string }): Promise<NativeConnection> {
  const { address } = options;
  const quick = THIS_MACHINE.test(address) ? ({ grpcCompression: { codec: 'none' } } as const) : {};
  try {
    return await NativeConnection.connect({ ...quick, ...options });
  } catch (error) {
    throw new UserError(
      `No Temporal server answers at ${address} (${String(error)}). Set TEMPORAL_ADDRESS, or start one with "npm start".`,
    );
  }
}
