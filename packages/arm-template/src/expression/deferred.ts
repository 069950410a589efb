/**
 * Thrown while an expression is evaluated when it needs what only the running deployment (or an inner template)
 * knows. Never leaves this package: whoever evaluates without a runtime catches it and keeps the expression's text.
 */
export class Deferred extends Error {
  override readonly name = 'Deferred';

  constructor() {
    super('The expression needs the running deployment.');
  }
}
