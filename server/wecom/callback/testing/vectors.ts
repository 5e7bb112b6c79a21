/** Known ciphertexts: wecom/messages-and-callbacks.md, section 4.8. Sets A and B are public, C is our own. */

export const setA = {
  settings: {
    token: 'QDG6eK',
    encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    receiveId: 'wx5823bf96d3bd56c7',
  },
  /** A1: address verification, official sample library. */
  verification: {
    signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    timestamp: '1409659589',
    nonce: '263014780',
    encrypted: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
    urlEncoded:
      'P9nAzCzyDtyTWESHep1vC5X9xho%2FqYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp%2B4RPcs8TgAE7OaBO%2BFZXvnaqQ%3D%' +
      '3D',
    random: 'c41b64491c2468d0',
    plaintext: '1616140317555161061',
  },
  /** A2: page 90968; 30 bytes of padding break naive 16-byte unpadding. */
  message: {
    signature: '477715d11cdb4164915debcba66cb864d751f3e6',
    timestamp: '1409659813',
    nonce: '1372623149',
    encrypted:
      'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911' +
      'L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLx' +
      'AUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9' +
      'nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/u' +
      'h9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
    random: '0960688932c47ef1',
    plaintext:
      '<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName>\n<FromUserName><![CDATA[mycreate]]></FromUserName>\n<CreateTime>1409659813</CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[hello]]></Content>\n<MsgId>4561255354251345929</MsgId>\n<AgentID>218</AgentID>\n</xml>',
  },
} as const;

export const setB = {
  settings: {
    token: 'hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo',
    encodingAesKey: '6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt',
    receiveId: 'ww1436e0e65a779aee',
  },
  /** B1 */
  verification: {
    signature: '012bc692d0a58dd4b10f8dfe5c4ac00ae211ebeb',
    timestamp: '1476416373',
    nonce: '47744683',
    encrypted: 'fsi1xnbH4yQh0+PJxcOdhhK6TDXkjMyhEPA7xB2TGz6b+g7xyAbEkRxN/3cNXW9qdqjnoVzEtpbhnFyq6SVHyA==',
    random: '8908d0ff052afda0',
    plaintext: '1288432023552776189',
  },
  /** B2: text without CDATA. */
  message: {
    signature: '0c3914025cb4b4d68103f6bfc8db550f79dcf48e',
    timestamp: '1476422779',
    nonce: '1597212914',
    encrypted:
      'Kl7kjoSf6DMD1zh7rtrHjFaDapSCkaOnwu3bqLc5tAybhhMl9pFeK8NslNPVdMwmBQTNoW4mY7AIjeLvEl3NyeTkAgGzBhzT' +
      'tRLNshw2AEew+kkYcD+Fq72Kt00fT0WnN87hGrW8SqGc+NcT3mu87Ha3dz1pSDi6GaUA6A0sqfde0VJPQbZ9U+3JWcoD4Z5j' +
      'aU0y9GSh010wsHF8KZD24YhmZH4ch4Ka7ilEbjbfvhKkNL65HHL0J6EYJIZUC2pFrdkJ7MhmEbU2qARR4iQHE7wy24qy0cRX' +
      '3Mfp6iELcDNfSsPGjUQVDGxQDCWjayJOpcwocugux082f49HKYg84EpHSGXAyh+/oxwaWbvL6aSDPOYuPDGOCI8jmnKiypE+',
    random: '694ce5a83ae07fe3',
    bytes: 228,
  },
  /** B3: the decrypted text is not valid JSON in the official sample either. */
  json: {
    signature: 'e3647471e395139e2308c1fa963f2d648a00b90e',
    timestamp: '1409659813',
    nonce: '1372623149',
    encrypted:
      'cjhLUX7UU4yCSelv1vz7T0zT8huF51bAMVWriNvO1FMegHrQZNrtvRxbwf0fUPsFvwqR0U0fgiJNEA5Y30F2MoI2S7vv3EjV' +
      'Q68C0cjw9frBoUE2Hj0BvFp9h3u6Vbsg4lc1C8AtHdaN8orKuNKkLRLuYEL52R1J3v8olJGZRLnRdVKIivixmX/eQpzgeExt' +
      'p20jI1HxRP1AAZ6xZoILdqDPO549LO4WeG+685JRUTdiwcY5fjZlqeMxuT4PpMn1X9OWsS7NRj06Wa5E3Tvg4twjWp39KPfO' +
      'dRte6P1T4JU=',
    random: 'dDVXRx6kn1gOT43Q',
    bytes: 176,
  },
} as const;

const setCKey = {
  token: 'SandboxToken01',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
} as const;

export const setC = {
  settings: { ...setCKey, receiveId: 'wwsandbox0000000001' },
  settingsWithoutReceiveId: { ...setCKey, receiveId: '' },
  /** C1 */
  reply: {
    signature: '4dfe071f3191f1c28cb263c62e45c701870d071e',
    timestamp: '1700000000',
    nonce: '884422',
    encrypted:
      'Q3stYC6hdFzMh9T8HCvyDMlRN15RuawTSxIhyijVAso0er3j7QHSWlAFTMW/iw14Zu99tPfY+jnzVBXNXSsSnFDttJVpWAKS' +
      'I2QJYk1V2YaE7rHxWEjoUIv+FJ28LBZ2C5BRtEYlMo3xoLJl+P9sN08hVY6HqpGMDgImiX3HzP8Zffppi+IcVt/rRXaUst7f' +
      '9XZGsUvL0XnMCJu/ATupb//+Auw+11scBK3oWdi5XHLEN8iuq/BWthUt0b6rwe/NZ5MulFEDFQPyoLaWNPr37LcKt7qM6zMY' +
      '5Fc/fMLcYNfF9QBEl8Oj2ByNl9x9D5Z7cWQKt8sElz7BT8vPqeoBNHhF7FbRXWN6FMpstT83ELhbnPogPq524RwtRKNPSiWR',
    random: '0123456789abcdef',
    plaintext:
      '<xml><ToUserName><![CDATA[ada]]></ToUserName><FromUserName><![CDATA[wwsandbox0000000001]]></FromUserName><CreateTime>1700000000</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[收到]]></Content></xml>',
  },
  /** C2: empty receive id (aibot). */
  robot: {
    signature: '2a688d4c63ad44c0a465b77ad9c1250a0d5a43ab',
    timestamp: '1700000000',
    nonce: '884422',
    encrypted: 'Q3stYC6hdFzMh9T8HCvyDNFlChpsQb9FsAVmdVcmKdhTNXqanEVAtW+fQZseDO1eDzLM1I6gpl3CJro2sxc5zw==',
    random: '0123456789abcdef',
    plaintext: '{"msgtype":"text","text":{"content":"hi"}}',
  },
  /** C3: already aligned, so a full block of padding. */
  aligned: {
    signature: '0fba9091de5fc715da288b96ac955267b79fc396',
    timestamp: '1700000000',
    nonce: '884422',
    encrypted:
      'Q3stYC6hdFzMh9T8HCvyDHbYwxDd4KWozzmaSzITkEKAfQ6YndXo9kIf+l6UD+EDozGVRNl14GHxBobZcATB1tTRzH+/1mms' +
      'BtW6iFLMkcxNEIMdUVaWQ0jJpiT4Myqq',
    random: '0123456789abcdef',
    plaintext: 'aaaaaaaaaaaaaaaaaaaaaaaaa',
  },
} as const;
