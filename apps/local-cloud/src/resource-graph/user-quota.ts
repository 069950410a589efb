/** How many queries a user may send in how long a time. Source: Azure's "Guidance for throttled requests". */
const queriesPerWindow = 15;
const windowMs = 5_000;

/**
 * Keeps count of what remains of the quota that Azure gives each user, and tells it in Azure's headers. The local cloud
 * refuses nothing: a mood does that where it is wanted.
 */
export class UserQuota {
  #left = queriesPerWindow;
  #endsAtMs = 0;

  /** Counts a query; returns the headers that tell what remains, and until when. */
  spend(now: Date): Record<string, string> {
    const nowMs = now.getTime();
    if (nowMs >= this.#endsAtMs || this.#endsAtMs - nowMs > windowMs) {
      this.#left = queriesPerWindow;
      this.#endsAtMs = nowMs + windowMs;
    }
    this.#left = Math.max(0, this.#left - 1);
    const seconds = Math.ceil((this.#endsAtMs - nowMs) / 1000);
    return {
      'x-ms-user-quota-remaining': String(this.#left),
      'x-ms-user-quota-resets-after': `00:00:${String(seconds).padStart(2, '0')}`,
    };
  }
}
