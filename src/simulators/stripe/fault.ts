/** An error answer of the API, in Stripe's words. */
export class StripeFault extends Error {
  readonly status: number;
  readonly body: { error: { type: string; message: string; code?: string; param?: string } };
  /** Refused before anything was done: Stripe does not remember such an answer under its idempotency key. */
  readonly forgotten: boolean;

  constructor(
    message: string,
    {
      status = 400,
      type = 'invalid_request_error',
      code,
      param,
      forgotten = false,
    }: { status?: number; type?: string; code?: string; param?: string; forgotten?: boolean } = {},
  ) {
    super(message);
    this.status = status;
    this.forgotten = forgotten;
    this.body = { error: { type, message, ...(code ? { code } : {}), ...(param ? { param } : {}) } };
  }
}

/** A parameter that cannot be taken as it is. */
export function badParameter(param: string, message: string, code?: string): StripeFault {
  return new StripeFault(message, { param, forgotten: true, ...(code ? { code } : {}) });
}

export function missingResource(noun: string, id: string, param: string): StripeFault {
  return new StripeFault(`No such ${noun}: '${id}'`, { status: 404, code: 'resource_missing', param });
}
