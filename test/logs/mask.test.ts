import { expect, test } from 'vitest';
import { maskSecrets } from '../../src/logs/mask.ts';

/** Put together here, so that nobody's search for leaked secrets finds this file. */
const KEY_ID = `AKIA${'IOSFODNN7EXAMPLE'}`;
const SECRET = `wJalrXUtnFEMI/K7MDENG/${'bPxRfiCYEXAMPLEKEY'}`;
const JWT = `eyJ${'hbGciOiJIUzI1NiJ9'}.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${'dozjgNryP4J3jVmNHl0w5N'}`;
const GITHUB = `ghp_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}`;
const HUGGING_FACE = `hf_${'AbCdEfGhIjKlMnOpQrStUvWxYz012345'}`;
const OPEN_AI = `sk-proj-${'Ab3dEf6hIj9lMn2pQr5tUv8x'}`;
const SLACK = `xoxb-${'1234567890-ABCDEFGHIJKL'}`;

test.each([
  [`using ${KEY_ID} now`, 'using [masked: AWS access key] now'],
  [`${KEY_ID} ${SECRET}`, '[masked: AWS access key] [masked: AWS secret key]'],
  [`AWS_SECRET_ACCESS_KEY=${SECRET}`, 'AWS_SECRET_ACCESS_KEY=[masked: key]'],
  [`aws_secret_access_key = ${SECRET} # x`, 'aws_secret_access_key = [masked: key] # x'],
  [`aws_session_token: IQoJb3JpZ2lu${'X2VjE'.repeat(40)}`, 'aws_session_token: [masked: AWS session token]'],
  ['Authorization: Bearer abc.def-123', 'Authorization: [masked: authorization]'],
  [`{"Authorization": "Basic dXNlcjpwYXNz", "b": 1}`, '{"Authorization": "[masked: authorization]", "b": 1}'],
  ["curl -H 'Authorization: token abc' http://x", "curl -H 'Authorization: [masked: authorization]' http://x"],
  ['got bearer abcdef123456 from x', 'got bearer [masked: authorization] from x'],
  ['postgres://bob:hunter2@db:5432/x', 'postgres://bob:[masked: password]@db:5432/x'],
  ['postgres://bob:bob@db/x', 'postgres://bob:[masked: password]@db/x'],
  ['redis://:p4ss@cache/0', 'redis://:[masked: password]@cache/0'],
  ['password=hunter2 user=bob', 'password=[masked: password] user=bob'],
  ['Server=db;Password=hunter2;User=bob', 'Server=db;Password=[masked: password];User=bob'],
  ['{"password": "hun\\"ter2", "user": "bob"}', '{"password": "[masked: password]", "user": "bob"}'],
  [
    '"{\\"password\\": \\"hunter2\\", \\"user\\": \\"bob\\"}"',
    '"{\\"password\\": \\"[masked: password]\\", \\"user\\": \\"bob\\"}"',
  ],
  ["{'db_passwd': 'hunter2'}", "{'db_passwd': '[masked: password]'}"],
  ['  password: correct horse battery', '  password: [masked: password]'],
  ['<password>hunter2</password>', '<password>[masked: password]</password>'],
  ['run --password hunter2 --user bob', 'run --password [masked: password] --user bob'],
  ['DB_PASS=hunter2', 'DB_PASS=[masked: password]'],
  ['got Basic dXNlcjpwYXNzMQ==', 'got Basic [masked: authorization]'],
  ['--api-key=abc', '--api-key=[masked: key]'],
  ['client_secret => "abc"', 'client_secret => "[masked: secret]"'],
  ['x-api-key: abc', 'x-api-key: [masked: key]'],
  ['token=abc12345', 'token=[masked: token]'],
  ['using key Ab3dEf6hIj9lMn2pQr5tUv8x to sign', 'using key [masked: key] to sign'],
  [`jwt ${JWT}`, 'jwt [masked: JWT]'],
  [`git clone https://${GITHUB}@github.com/x/y`, 'git clone https://[masked: GitHub token]@github.com/x/y'],
  [SLACK, '[masked: Slack token]'],
  [`login(${HUGGING_FACE})`, 'login([masked: Hugging Face token])'],
  [`key ${OPEN_AI}`, 'key [masked: API key]'],
  [
    `https://b.s3.amazonaws.com/k?X-Amz-Credential=${KEY_ID}%2F2026&X-Amz-Signature=0123abcd&x=1`,
    'https://b.s3.amazonaws.com/k?X-Amz-Credential=[masked: AWS access key]%2F2026&X-Amz-Signature=[masked: signature]&x=1',
  ],
  ['https://a.blob.core.windows.net/c?sv=2020&sig=abc%3D', 'https://a.blob.core.windows.net/c?sv=2020&sig=[masked: signature]'],
  ['DefaultEndpointsProtocol=https;AccountKey=ab+c==;x=1', 'DefaultEndpointsProtocol=https;AccountKey=[masked: key];x=1'],
  ['a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb', 'a\n[masked: private key]\nb'],
  ['-----BEGIN PRIVATE KEY-----\\nMIIE', '[masked: beginning of a private key]'],
  [`${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'.repeat(2)}`, '[masked: encoded text]'],
])('masks %s', (text, masked) => {
  expect(maskSecrets(text)).toBe(masked);
  expect(maskSecrets(masked)).toBe(masked);
});

test.each([
  'at commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b in main',
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'arn:aws:sagemaker:eu-west-1:123456789012:endpoint/shop-search',
  'secret: arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf',
  's3://bucket/train/part-00001-9f86d081.parquet',
  'request 3f2504e0-4f89-11d3-9a0c-0305e82c3301 done, key=3f2504e0-4f89-11d3-9a0c-0305e82c3301',
  'max_tokens=2048 pad_token=<pad> tokens: 512 tokenizer=bert-base-uncased',
  'KeyError: "password"',
  "json.decoder.JSONDecodeError: Unexpected token: 'x'",
  'PWD=/opt/ml/code',
  'password=None token=null secret=$SECRET',
  'image digest 9f86d081884c7d659a2feaa0c55ad015, basic resnet50-model, pass: 12',
  'Basic authentication failed; bearer token is missing',
  'ssh://git@github.com/x/y http://localhost:8080/ping?mail=a@b.com',
  'at com.amazonaws.ml.mms.wlm.WorkerLifeCycle.run(WorkerLifeCycle.java:123)',
  'loaded sk-learn-model from /opt/ml/model/sk-learn-classifier.joblib',
  'cache key train/part-00001 missing, key: value, key=12',
  'Epoch 3 loss=0.123 auth=True',
  'max_tokens=256 tokens: 512 num_tokens: 123456789 token_type_ids: tensor([[0, 0, 1]]) eos_token=</s> --sep-token sep12345',
  'size mismatch for key transformer.h.10.attn.c_attn.weight: torch.Size([768, 2304])',
  'forward_pass=0.31 backward_pass=done pass: ok PASS: test_model2 compass=a1b2c3d4e5 passes=3 bypass=yes',
  'def connect(password: str, user: str), Config(user=u, password=None, secret=$SECRET)',
  'token: ##ing1234 not in vocab, unexpected token: <unk_0123456>',
  'Basic training2024 finished, basic block1234567 failed, digest sha256=abcdef12 mismatch',
  'wrong password for user bob, password authentication failed, secret not found: prod/db, cookie jar empty',
  "KeyError: columns ['password', 'token', 'key'] are missing",
  'docker run -p 8080:80 image; mysql -p db; https://user@host/x; file:///opt/ml/model:latest/a@b',
  'secret: /run/secrets/db password_file=/x/y {"name":"DB_PASSWORD","valueFrom":"arn:aws:ssm:eu-west-1:111122223333:parameter/db"}',
  'image 111122223333.dkr.ecr.eu-west-1.amazonaws.com/x@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'sk-learn-classifier-model-2024 glue-job-for-the-daily-import',
])('keeps %s', (text) => {
  expect(maskSecrets(text)).toBe(text);
});

test.each([
  'eyJ',
  'password=',
  'password="',
  'token ',
  '://a:',
  '-----BEGIN PRIVATE KEY',
  'AKIA',
  'ghp_',
  'sk-',
  "key='\\",
  'Bearer ',
  'a',
  'A1b',
  '\\',
  '?sig=',
  '\nBearer\t',
  'xoxb-',
  'key=A1aB/',
  'token=(',
  'secret: [',
  'password: {{ ',
  'curl -u ',
  'mysql -p',
  ' ',
])('takes time linear in the length of a line of %j', (piece) => {
  const time = (length: number) => {
    const line = piece.repeat(Math.ceil(length / piece.length));
    const started = performance.now();
    maskSecrets(line);
    return performance.now() - started;
  };
  time(100_000);
  expect(time(1_000_000)).toBeLessThan(15_000);
});
