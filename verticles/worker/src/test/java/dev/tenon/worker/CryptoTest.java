package dev.tenon.worker;

import static dev.tenon.worker.WebApis.check;
import static dev.tenon.worker.WebApis.row;

import org.junit.jupiter.api.Test;

/// Known answers come from the documents named beside them.
class CryptoTest {

  private static final String HELPERS =
      """
      var hex = (b) => [...new Uint8Array(b.buffer ?? b)].map((x) => x.toString(16).padStart(2, '0')).join('');
      var unhex = (s) => new Uint8Array(s.match(/../g)?.map((x) => parseInt(x, 16)) ?? []);
      var text = (s) => new Uint8Array([...s].map((c) => c.charCodeAt(0)));
      var string = (b) => String.fromCharCode(...new Uint8Array(b));
      var s = crypto.subtle;
      var raw = (bytes, algorithm, ...usages) => s.importKey('raw', bytes, algorithm, true, usages);
      """;

  private static void known(String[]... rows) {
    String[][] prepared = new String[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      prepared[i] = row(HELPERS + "(async () => " + rows[i][0] + ")()", rows[i][1]);
    }
    check(prepared);
  }

  @Test
  void digestsAreThoseOfFips180() {
    known(
        row("hex(await s.digest('sha-256', text('abc')))", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        row("hex(await s.digest({ name: 'SHA-1' }, text('abc')))", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        row("hex(await s.digest('MD5', text('')))", "d41d8cd98f00b204e9800998ecf8427e"),
        row("(await s.digest('SHA-512', new ArrayBuffer(1e5))).byteLength", "64"),
        row("s.digest('SHA-3', text('abc'))", "NotSupportedError: Unrecognized or unimplemented digest algorithm requested."),
        row("s.digest('SHA-1')", "TypeError: Failed to execute 'digest' on 'SubtleCrypto': parameter 2 is not of type 'BufferSource'."));
  }

  @Test
  void hmacIsThatOfRfc4231AndVerifies() {
    String key = "await raw(text('Jefe'), { name: 'HMAC', hash: 'SHA-256' }, 'sign', 'verify')";
    String mac = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    known(
        row("hex(await s.sign('HMAC', " + key + ", text('what do ya want for nothing?')))", mac),
        row("await s.verify('HMAC', " + key + ", unhex('" + mac + "'), text('what do ya want for nothing?'))", "true"),
        row("await s.verify('HMAC', " + key + ", unhex('00'), text('what'))", "false"),
        row("(await s.exportKey('jwk', " + key + "))",
            "{\"kty\":\"oct\",\"key_ops\":[\"sign\",\"verify\"],\"alg\":\"HS256\",\"ext\":true,\"k\":\"SmVmZQ\"}"),
        row("(" + key + ").algorithm", "{\"name\":\"HMAC\",\"hash\":{\"name\":\"SHA-256\"},\"length\":32}"),
        row("s.encrypt({ name: 'AES-CBC', iv: new Uint8Array(16) }, " + key + ", text(''))",
            "InvalidAccessError: Requested algorithm \"AES-CBC\" does not match this CryptoKey's algorithm \"HMAC\"."));
  }

  @Test
  void aesIsThatOfSp80038AndRfc3394() {
    String key = "await raw(unhex('2b7e151628aed2a6abf7158809cf4f3c'), 'AES-CTR', 'encrypt', 'decrypt')";
    known(
        row("hex(await s.encrypt({ name: 'AES-CTR', counter: unhex('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'), length: 64 }, " + key
                + ", unhex('6bc1bee22e409f96e93d7e117393172a')))", "874d6191b620e3261bef6864990db6ce"),
        row("hex(await s.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, await raw(new Uint8Array(16), 'AES-GCM', 'encrypt'), new Uint8Array(16)))",
            "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf"),
        row("hex(await s.wrapKey('raw', await raw(unhex('00112233445566778899aabbccddeeff'), 'AES-CBC', 'encrypt'),"
                + " await raw(unhex('000102030405060708090a0b0c0d0e0f'), 'AES-KW', 'wrapKey'), 'AES-KW'))",
            "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5"),
        row("s.decrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, await raw(new Uint8Array(16), 'AES-GCM', 'decrypt'), new Uint8Array(16)).catch((e) => e.name)",
            "OperationError"),
        row("raw(new Uint8Array(5), 'AES-GCM', 'encrypt')", "DataError: Imported AES key length must be 128, 192, or 256 bits but provided 40."),
        row("raw(new Uint8Array(16), 'AES-GCM', 'sign')", "SyntaxError: Attempt to import secret AES-GCM key with invalid usage \"sign\"."));
  }

  @Test
  void counterWrapsInsideItsOwnBits() {
    String key = "await raw(new Uint8Array(16), 'AES-CTR', 'encrypt', 'decrypt')";
    known(
        row("await (async () => { const k = " + key + ";"
                + " const two = hex(await s.encrypt({ name: 'AES-CTR', counter: unhex('000000000000000000000000000000ff'), length: 8 }, k, new Uint8Array(32)));"
                + " const zero = hex(await s.encrypt({ name: 'AES-CTR', counter: new Uint8Array(16), length: 8 }, k, new Uint8Array(16)));"
                + " return two.slice(32) === zero; })()", "true"),
        row("s.encrypt({ name: 'AES-CTR', counter: new Uint8Array(16), length: 1 }, " + key + ", new Uint8Array(48)).catch((e) => e.name)", "OperationError"));
  }

  @Test
  void derivationIsThatOfRfc6070AndRfc5869() {
    known(
        row("hex(await s.deriveBits({ name: 'PBKDF2', hash: 'SHA-1', salt: text('salt'), iterations: 2 }, await s.importKey('raw', text('password'), 'PBKDF2', false,"
                + " ['deriveBits']), 160))", "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"),
        row("hex(await s.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: unhex('000102030405060708090a0b0c'), info: unhex('f0f1f2f3f4f5f6f7f8f9') },"
                + " await s.importKey('raw', unhex('0b'.repeat(22)), 'HKDF', false, ['deriveBits']), 336))",
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"),
        row("(await s.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt: text('s'), iterations: 1 }, await s.importKey('raw', text(''), 'PBKDF2', false, ['deriveKey']),"
                + " { name: 'AES-GCM', length: 256 }, true, ['encrypt'])).algorithm", "{\"name\":\"AES-GCM\",\"length\":256}"));
  }

  @Test
  void everyKindOfPairSignsAndTravelsInEveryFormat() {
    String round =
        """
        await (async () => {
          const [algorithm, use, formats] = %s;
          const pair = await s.generateKey(algorithm, true, ['sign', 'verify']);
          const data = text('data'), seen = [];
          for (const format of formats) {
            const open = await s.importKey(format, await s.exportKey(format, pair.publicKey), algorithm, true, ['verify']);
            const secret = format === 'jwk' || format === 'spki' ? await s.importKey(format === 'spki' ? 'pkcs8' : format,
              await s.exportKey(format === 'spki' ? 'pkcs8' : format, pair.privateKey), algorithm, true, ['sign']) : pair.privateKey;
            const signature = await s.sign(use, secret, data);
            seen.push(await s.verify(use, open, signature, data), await s.verify(use, open, signature, text('other')));
            const again = await s.exportKey('jwk', secret);
            seen.push(JSON.stringify(again) === JSON.stringify(await s.exportKey('jwk', pair.privateKey)));
          }
          return seen.join();
        })()
        """;
    String rsa = "{ name: '%1$s', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }";
    known(
        row(round.formatted("[{ name: 'ECDSA', namedCurve: 'P-256' }, { name: 'ECDSA', hash: 'SHA-256' }, ['raw', 'spki', 'jwk']]"),
            "true,false,true,true,false,true,true,false,true"),
        row(round.formatted("[{ name: 'ECDSA', namedCurve: 'P-384' }, { name: 'ECDSA', hash: 'SHA-384' }, ['spki', 'jwk']]"), "true,false,true,true,false,true"),
        row(round.formatted("[{ name: 'ECDSA', namedCurve: 'P-521' }, { name: 'ECDSA', hash: 'SHA-512' }, ['raw', 'spki', 'jwk']]"),
            "true,false,true,true,false,true,true,false,true"),
        row(round.formatted("['Ed25519', 'Ed25519', ['raw', 'spki', 'jwk']]"), "true,false,true,true,false,true,true,false,true"),
        row(round.formatted("[" + rsa.formatted("RSASSA-PKCS1-v1_5") + ", 'RSASSA-PKCS1-v1_5', ['spki', 'jwk']]"), "true,false,true,true,false,true"),
        row(round.formatted("[" + rsa.formatted("RSA-PSS") + ", { name: 'RSA-PSS', saltLength: 32 }, ['spki', 'jwk']]"), "true,false,true,true,false,true"));
  }

  @Test
  void curvesAgreeOnASecret() {
    String agree =
        """
        await (async () => {
          const algorithm = %s;
          const one = await s.generateKey(algorithm, true, ['deriveBits']), two = await s.generateKey(algorithm, true, ['deriveBits']);
          const pkcs8 = await s.importKey('pkcs8', await s.exportKey('pkcs8', one.privateKey), algorithm, true, ['deriveBits']);
          const here = await s.deriveBits({ name: one.publicKey.algorithm.name, public: two.publicKey }, pkcs8, null);
          const there = await s.deriveBits({ name: one.publicKey.algorithm.name, public: one.publicKey }, two.privateKey, null);
          return [hex(here) === hex(there), here.byteLength].join();
        })()
        """;
    known(
        row(agree.formatted("{ name: 'ECDH', namedCurve: 'P-256' }"), "true,32"),
        row(agree.formatted("{ name: 'ECDH', namedCurve: 'P-521' }"), "true,66"),
        row(agree.formatted("{ name: 'X25519' }"), "true,32"),
        row("s.generateKey({ name: 'ECDH', namedCurve: 'P-111' }, true, ['deriveBits'])", "NotSupportedError: Unrecognized or unimplemented EC curve \"P-111\" requested."));
  }

  @Test
  void rsaOaepDecryptsWhatItEncrypted() {
    known(
        row("await (async () => { const pair = await s.generateKey({ name: 'RSA-OAEP', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-1' },"
                + " false, ['encrypt', 'decrypt']);"
                + " return string(await s.decrypt('RSA-OAEP', pair.privateKey, await s.encrypt('RSA-OAEP', pair.publicKey, text('secret')))); })()", "secret"),
        row("await (async () => { const pair = await s.generateKey({ name: 'RSA-OAEP', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-1' },"
                + " false, ['encrypt', 'decrypt']); return s.exportKey('pkcs8', pair.privateKey); })()",
            "InvalidAccessError: Attempt to export non-extractable RSA-OAEP key."));
  }

  @Test
  void edwardsSignatureIsThatOfRfc8032() {
    known(
        row("hex(await s.sign('Ed25519', await s.importKey('jwk', { kty: 'OKP', crv: 'Ed25519', d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',"
                + " x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }, 'Ed25519', false, ['sign']), new Uint8Array()))",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"));
  }

  @Test
  void gcmTagsMayBeShorterThanJavaAllows() {
    String key = "await raw(new Uint8Array(16), 'AES-GCM', 'encrypt', 'decrypt')";
    String with = "{ name: 'AES-GCM', iv: %s, tagLength: 32 }";
    known(
        row("hex(await s.encrypt(" + with.formatted("new Uint8Array(12)") + ", " + key + ", new Uint8Array(16)))", "0388dace60b6a392f328c2b971b2fe78ab6e47d4"),
        row("hex(await s.decrypt(" + with.formatted("new Uint8Array(12)") + ", " + key + ", unhex('0388dace60b6a392f328c2b971b2fe78ab6e47d4')))", "00".repeat(16)),
        row("await (async () => { const a = " + with.formatted("new Uint8Array(32)") + ", k = " + key + ";"
                + " return string(await s.decrypt(a, k, await s.encrypt(a, k, text('long vector')))); })()", "long vector"),
        row("s.decrypt(" + with.formatted("new Uint8Array(12)") + ", " + key + ", unhex('0388dace60b6a392f328c2b971b2fe78ab6e47d5')).catch((e) => e.name)", "OperationError"));
  }

  @Test
  void edwardsKeysOfSmallOrderVerifyNothing() {
    String verify = "await s.verify('Ed25519', await s.importKey('raw', unhex('%s'), 'Ed25519', false, ['verify']), unhex('%s'), text('any'))";
    known(
        row(verify.formatted("01" + "00".repeat(31), "01" + "00".repeat(63)), "false"),
        row(verify.formatted("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", "00".repeat(64)), "false"),
        row(verify.formatted("f7".repeat(32), "07".repeat(64)), "false"));
  }

  @Test
  void workerdsOwnAlgorithmsAreHere() {
    String node = "{ name: 'NODE-ED25519', namedCurve: 'NODE-ED25519' }";
    known(
        row("await (async () => { const pair = await s.generateKey(" + node + ", true, ['sign', 'verify']);"
                + " const open = await s.importKey('raw', await s.exportKey('raw', pair.publicKey), " + node + ", true, ['verify']);"
                + " const signature = await s.sign(" + node + ", pair.privateKey, text('data'));"
                + " return [await s.verify('NODE-ED25519', open, signature, text('data')), await s.verify('NODE-ED25519', open, signature, text('else')),"
                + " JSON.stringify(open.algorithm), (await s.exportKey('jwk', pair.privateKey)).crv]; })()",
            "[true,false,\"{\\\"name\\\":\\\"NODE-ED25519\\\",\\\"namedCurve\\\":\\\"NODE-ED25519\\\"}\",\"Ed25519\"]"),
        row("s.generateKey({ name: 'NODE-ED25519', namedCurve: 'P-256' }, true, ['sign'])", "NotSupportedError: EDDSA curve \"P-256\" isn't supported."),
        row("hex(await s.sign('HMAC', await raw(text('key'), { name: 'HMAC', hash: 'MD5' }, 'sign'), text('The quick brown fox jumps over the lazy dog')))",
            "80070713463e7749b90c2dc24911e275"),
        row("await (async () => { const pair = await s.generateKey({ name: 'RSA-PSS', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },"
                + " true, ['sign', 'verify']); const bare = await s.importKey('pkcs8', await s.exportKey('pkcs8', pair.privateKey), 'RSA-RAW', false, ['sign']);"
                + " return [(await s.sign('RSA-RAW', bare, new Uint8Array(128).fill(1))).byteLength, bare.algorithm.modulusLength,"
                + " await s.sign('RSA-RAW', bare, new Uint8Array(3)).catch((e) => e.name)].join(); })()", "128,1024,OperationError"));
  }

  @Test
  void digestStreamsDigestAndSumUp() {
    String digest = "await (async () => { const d = new crypto.DigestStream('%s'); const w = d.getWriter(); await w.write('1234'); await w.write(text('56789'));"
        + " await w.close(); return hex(await d.digest) + ' ' + d.bytesWritten; })()";
    known(
        row(digest.formatted("SHA-1"), "f7c3bc1d808e04732adf679965ccc34ca7ae3441 9"),
        row(digest.formatted("crc32"), "cbf43926 9"),
        row(digest.formatted("crc32c"), "e3069283 9"),
        row(digest.formatted("crc64nvme"), "ae8b14860a799888 9"),
        row("new crypto.DigestStream('crc16')", "NotSupportedError: Unrecognized or unimplemented digest algorithm requested."));
  }

  @Test
  void randomValuesFillWhatTheyAreGiven() {
    check(
        row("crypto.randomUUID().replace(/[0-9a-f]/g, 'x')", "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"),
        row("/^.{14}4.{4}[89ab]/.test(crypto.randomUUID())", "true"),
        row("crypto.getRandomValues(new Uint32Array(64)).some((x) => x !== 0)", "true"),
        row("crypto.getRandomValues(new Float32Array(1))",
            "TypeMismatchError: ArrayBufferView argument to getRandomValues() must be an integer-typed view."),
        row("crypto.getRandomValues(new Uint8Array(65537))",
            "QuotaExceededError: getRandomValues() only accepts buffers of size <= 64K but provided 65537 bytes."),
        row("try { crypto.getRandomValues(new Uint8Array(65537)) } catch (e) { [e instanceof QuotaExceededError, e instanceof DOMException, e.code, e.quota] }",
            "[true,true,22,null]"),
        row("structuredClone(new QuotaExceededError('full', { quota: 1, requested: 2 })).requested", "2"),
        row("new QuotaExceededError('', { quota: 2, requested: 1 })",
            "RangeError: Failed to construct 'QuotaExceededError': requested is smaller than the quota."),
        row("crypto.subtle.timingSafeEqual(new Uint8Array([1]), new Uint8Array([1]))", "true"),
        row("crypto.subtle.timingSafeEqual(new Uint8Array([1]), new Uint8Array([2]))", "false"),
        row("crypto.subtle.timingSafeEqual(new Uint8Array(1), new Uint8Array(2))", "TypeError: Input buffers must have the same byte length."),
        row("new Crypto()", "TypeError: Illegal constructor"),
        row("new CryptoKey()", "TypeError: Illegal constructor"));
  }
}
