/** More pages than any list of a subscription has. */
const mostPages = 500;

/** The paged lists of both generations of the SDKs, as far as they are read here. */
interface Paged<Item> {
  byPage: () => AsyncIterable<readonly Item[]>;
}

/** All items of a paged list. Throws when it does not come to an end. */
export async function allOf<Item>(list: Paged<Item>): Promise<Item[]> {
  const found: Item[] = [];
  const steps = new PageSteps();
  for await (const page of list.byPage()) {
    found.push(...page);
    // Both SDKs leave the address of the next page at the page.
    if ('continuationToken' in page) steps.goOnTo(page.continuationToken);
  }
  return found;
}

/** The way from page to page: must neither lead round in a circle nor go on for ever. */
export class PageSteps {
  readonly #seen = new Set<unknown>();

  /** Throws when the next page was there before, or is one too many. */
  goOnTo(next: unknown): void {
    if (next === undefined) return;
    if (this.#seen.has(next) || this.#seen.size >= mostPages)
      throw new Error(`A list does not come to an end: ${this.#seen.size} pages were read.`);
    this.#seen.add(next);
  }
}
