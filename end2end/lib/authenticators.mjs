// What people hold in their hands when they sign in: an app that shows codes, a device that keeps passkeys.

import { createHmac } from 'node:crypto';

const STEP_SECONDS = 30;

/** An authenticator app: a code for each press, and none twice. */
export class App {
  #last = 0;

  constructor(secret) {
    const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'));
    this.secret = Buffer.from(bits.join('').match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  }

  /** The code of this step, or of the next: that one is taken, too. */
  code() {
    const now = Math.floor(Date.now() / 1000 / STEP_SECONDS);
    this.#last = Math.max(now, this.#last + 1);
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(this.#last));
    const digest = createHmac('sha1', this.secret).update(counter).digest();
    const at = digest.at(-1) & 15;
    return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
  }
}

/** A device with a fingerprint reader; `says` is whether the right finger is on it. */
export async function device(page, says = true) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: says,
      automaticPresenceSimulation: true,
    },
  });
  return {
    /** Another finger, or the right one. */
    verifies: (isUserVerified) => session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    keys: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  };
}

/** Sets up an app on the page that asks for it; its recovery codes are on the page then. */
export async function setUpApp(page, before = async () => {}) {
  await page.getByRole('button', { name: 'Set up two-step sign-in' }).click();
  await page.getByRole('img', { name: 'QR code' }).waitFor();
  await page.getByText('Type it instead').click();
  const app = new App(await page.locator('code.secret').innerText());
  await page.getByLabel('Code that the app shows').fill(app.code());
  await before();
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.locator('pre.codes').waitFor();
  return app;
}

/** Makes a passkey on the page of security. */
export async function makePasskey(page, name) {
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await page.getByRole('row', { name }).waitFor();
}
