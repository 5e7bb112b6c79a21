/** A control request that cannot be done; `message` is Chinese and may be shown on the phone. */
export class ControlRefusal extends Error {
  override readonly name = 'ControlRefusal';
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, message: string) {
    super(message);
    this.status = status;
    this.error = error;
  }
}

export const noMember = (): ControlRefusal => new ControlRefusal(404, 'no_member', '没有这个成员');
