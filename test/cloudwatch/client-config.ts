/** For SDK clients of a server of the tests: no second try, so that tests see every refusal. */
export function clientConfig(endpoint: string) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 };
}
