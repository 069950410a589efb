import { queryError, tooMuch } from './query-error.ts';

/**
 * How much one query may do, in steps of a tenth of a microsecond or so: a second or two in all, in which the cloud answers
 * nothing else. Azure ends queries after a time; steps end the same query at the same point on every computer.
 */
const mostSteps = 10_000_000;

/** How many rows there may be between two operators. */
const mostRows = 100_000;

/** How long a text that a query makes may be. Source: Kusto's documentation, "The string data type" (1 MB). */
const longestText = 1024 * 1024;

/** How many characters of a text cost a step. */
const charactersPerStep = 16;

/** What one query has left of the work that it may do. */
export class WorkBudget {
  #left = mostSteps;

  /** Throws `QueryError` when that is more than is left. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0)
      throw queryError(
        'QueryTimeout',
        'The query takes too much work. Filter earlier, or join and expand fewer rows.',
      );
  }

  /** For reading or writing so many characters. */
  spendOnText(characters: number): void {
    this.spend(characters / charactersPerStep);
  }

  /** A text that was made, if it is not too long. */
  text(made: string): string {
    this.checkTextLength(made.length);
    this.spendOnText(made.length);
    return made;
  }

  checkTextLength(length: number): void {
    if (length > longestText)
      throw tooMuch(`A text may have ${longestText} characters; this query makes a longer one.`);
  }

  checkRows(count: number): void {
    if (count > mostRows)
      throw tooMuch(
        `There may be ${mostRows} rows between two operators; this query makes more. Filter earlier, or join and expand fewer rows.`,
      );
  }
}
