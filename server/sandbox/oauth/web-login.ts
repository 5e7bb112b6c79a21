/** 企业微信 Web 登录 (page 98152): what the login page checks before it shows anything, with the codes of its panel. */
export interface WebLoginFault {
  title: string;
  detail: string;
}

/** null = fine. The old qrConnect page knows no login_type. */
export function webLoginFault(
  query: URLSearchParams,
  corp: { corpId: string; agentId: string; old: boolean },
): WebLoginFault | null {
  const fault = (title: string, detail: string): WebLoginFault => ({ title, detail });
  const type = query.get('login_type');
  if (!corp.old && type === 'ServiceApp') return fault('login_type 参数错误', '-31034：这里没有服务商应用');
  if (!corp.old && type !== 'CorpApp') return fault('login_type 参数错误', '-31040：应为 CorpApp');
  if (query.get('appid') !== corp.corpId) {
    return fault('appid 参数错误', `-31027：应为企业 ID ${corp.corpId}`);
  }
  const agent = query.get('agentid');
  if (agent === null) return fault('agentid 参数错误', '-31028：网页登录必须带 agentid');
  if (agent !== corp.agentId) return fault('agentid 参数错误', `-31028：应为 ${corp.agentId}`);
  if ((query.get('redirect_uri') ?? '') === '')
    return fault('redirect_uri参数错误', '-31035：缺少 redirect_uri');
  return null;
}
