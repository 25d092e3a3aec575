// Signing in the way a person does, with a link that works once.

/** Opens the link and confirms it; works with scripts and without. */
export async function signIn(page, link) {
  await page.goto(link);
  await page.getByRole('button', { name: /sign in/i }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
}
