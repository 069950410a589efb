import {
  createDefaultHttpClient,
  createEmptyPipeline,
  createPipelineRequest,
  tlsPolicy,
} from '@azure/core-rest-pipeline';
import { ApiError } from '../api-error.ts';
import { ArmFailure, armCall } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { retriesPolicy } from './retries.ts';
import { timeLimitPolicy } from './time-limits.ts';

/** The end of a blob. */
export interface BlobTail {
  bytes: Uint8Array;
  /** Whether the blob is longer. */
  isTail: boolean;
}

/**
 * Reads the last `limitBytes` of a blob at an address that ARM gave: over HTTPS, and from the ARM endpoint itself where
 * that is the local cloud, which is its own storage. `undefined` where there is no such blob. Throws an ArmError with the
 * storage's own code and words where it refuses.
 */
export async function readBlobTail(
  arm: Arm,
  address: string,
  limitBytes: number,
): Promise<BlobTail | undefined> {
  const url = checkedAddress(arm, address);
  return armCall(async () => {
    const certificate = await arm.certificate();
    const pipeline = createEmptyPipeline();
    if (certificate !== undefined) pipeline.addPolicy(tlsPolicy({ ca: certificate }));
    pipeline.addPolicy(retriesPolicy(arm.timeLimitMs), { phase: 'Retry' });
    pipeline.addPolicy(timeLimitPolicy(arm.timeLimitMs), { afterPhase: 'Retry' });
    const request = createPipelineRequest({ url, streamResponseStatusCodes: new Set([200]) });
    const { status, headers, readableStreamBody, bodyAsText } = await pipeline.sendRequest(
      createDefaultHttpClient(),
      request,
    );
    if (status === 404) return undefined;
    if (status !== 200 || !readableStreamBody)
      throw new ArmFailure(status, refusalOf(status, headers.get('x-ms-error-code'), bodyAsText));
    return tailOf(readableStreamBody, limitBytes);
  });
}

function checkedAddress(arm: Arm, address: string): string {
  const url = URL.parse(address);
  const isOwn = arm.kind === 'azure' || url?.host === new URL(arm.endpoint).host;
  if (url?.protocol === 'https:' && isOwn) return url.href;
  throw new ApiError('ArmError', 'Azure Resource Manager names an address for this that cannot be trusted.');
}

/** Storage answers in XML; its code is in a header, too. */
function refusalOf(status: number, code: string | undefined, body: string | null | undefined) {
  const message = /<Message>([^<]{1,2000})/.exec(body ?? '')?.[1]?.split('\n', 1)[0];
  return {
    code: code ?? `Http${status}`,
    message: message ?? `The storage answered with the status ${status}.`,
  };
}

async function tailOf(stream: NodeJS.ReadableStream, limitBytes: number): Promise<BlobTail> {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let isTail = false;
  for await (const chunk of stream) {
    kept.push(Buffer.from(chunk));
    keptBytes += chunk.length;
    // Not after every chunk: what is kept is copied then.
    if (keptBytes <= 2 * limitBytes) continue;
    kept = [Buffer.concat(kept).subarray(-limitBytes)];
    keptBytes = limitBytes;
    isTail = true;
  }
  const bytes = Buffer.concat(kept);
  return { bytes: bytes.subarray(-limitBytes), isTail: isTail || bytes.length > limitBytes };
}
