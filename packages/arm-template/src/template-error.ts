/** Where in a template (JSON path, and position inside an expression) something is wrong. */
export interface TemplatePosition {
  /** JSON path, for example `resources[3].properties.subnets[0].name`. */
  path?: string;
  /** 1-based line and column in the template's text, where the text is known. */
  line?: number;
  column?: number;
  /** The expression's text, without its outer brackets, and the 0-based offset inside it. */
  expression?: string;
  offset?: number;
}

/** Messages quote names and values of the template, which may be enormous. */
const MAXIMUM_MESSAGE_LENGTH = 8_000;

/**
 * A template, its parameters or one of its expressions is wrong. `code` and `message` are worded as Azure's
 * engine words them (AZURE-FACTS, "Errors"), so that the control plane can answer them unchanged.
 */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly code: string;
  readonly position: TemplatePosition;

  constructor(code: string, message: string, position: TemplatePosition = {}) {
    super(message.length > MAXIMUM_MESSAGE_LENGTH ? `${message.slice(0, MAXIMUM_MESSAGE_LENGTH)}…` : message);
    this.code = code;
    this.position = position;
  }
}
