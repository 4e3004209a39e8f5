/** A product that stands in front of hosts, and by what an answer of it is told apart. */
export interface IntermediarySign {
  /** Its name, as its maker writes it. */
  readonly who: string
  /** In where it redirects to: host, path and query, in lower case. */
  readonly redirect?: RegExp
  /** A header that it sets on answers of its own only, and what the header holds. */
  readonly header?: { readonly name: string; readonly says: RegExp }
  /** In the page that it shows. */
  readonly page?: RegExp
}

/** Products by name. The first that fits counts, so that those with a mark of their own come before those that pages only mention. */
export const intermediarySigns: readonly IntermediarySign[] = [
  {
    who: 'Cloudflare Access',
    redirect: /^[^/]*\.cloudflareaccess\.com\/|\/cdn-cgi\/access\//,
    header: { name: 'www-authenticate', says: /^cloudflare-access/i },
    page: /cloudflareaccess\.com|Cloudflare Access/,
  },
  {
    who: 'Cloudflare',
    header: { name: 'cf-mitigated', says: /./ },
    page: /cf-error-details|\/cdn-cgi\/challenge|Cloudflare Ray ID/,
  },
  { who: 'oauth2-proxy', redirect: /\/oauth2\/(start|sign_in)\b/, page: /oauth2[-_ ]proxy/i },
  { who: 'Authelia', redirect: /^[^/?]*authelia|\?(.*&)?rd=.*&rm=/, page: /Authelia/ },
  { who: 'authentik', redirect: /\/outpost\.goauthentik\.io\/|^[^/]*authentik/, page: /goauthentik|authentik/ },
  {
    who: 'Pomerium',
    redirect: /\/\.pomerium\//,
    header: { name: 'x-pomerium-intercepted-response', says: /./ },
    page: /Pomerium/,
  },
  { who: 'Vouch Proxy', redirect: /[?&]vouch-failcount=/ },
  { who: 'Teleport', redirect: /\/web\/launch\/|^[^/]*\.teleport\.sh\// },
  {
    who: 'Microsoft Entra ID',
    redirect:
      /^(login\.microsoftonline\.(com|us)|login\.windows\.net|login\.partner\.microsoftonline\.cn|[^/]*\.(b2clogin|ciamlogin|msappproxy)\.(com|net))\//,
    page: /login\.microsoftonline\.com/,
  },
  { who: 'Microsoft AD FS', redirect: /\/adfs\/(ls|oauth2)\b/, page: /\/adfs\// },
  { who: 'Okta', redirect: /^[^/]*\.okta(preview|-emea|-gov)?\.com\//, page: /\.okta(preview|-emea)?\.com|oktacdn/ },
  { who: 'Auth0', redirect: /^[^/]*\.auth0\.com\// },
  { who: 'OneLogin', redirect: /^[^/]*\.onelogin\.com\// },
  { who: 'Duo', redirect: /^[^/]*\.duo(security)?\.com\//, page: /duosecurity\.com/ },
  { who: 'JumpCloud', redirect: /^[^/]*\.jumpcloud\.com\// },
  { who: 'PingOne', redirect: /^[^/]*\.ping(one|identity)\.[a-z]+\// },
  { who: 'Google Identity-Aware Proxy', header: { name: 'x-goog-iap-generated-response', says: /./ } },
  { who: 'Google', redirect: /^accounts\.google\.com\// },
  { who: 'Amazon Cognito', redirect: /^[^/]*\.amazoncognito\.com\// },
  { who: 'AWS WAF', header: { name: 'x-amzn-waf-action', says: /./ } },
  { who: 'Amazon API Gateway', header: { name: 'x-amzn-errortype', says: /./ } },
  { who: 'Keycloak', redirect: /\/realms\/[^/]+\/protocol\// },
  {
    who: 'Zscaler',
    redirect: /^[^/]*\.?(zscaler|zscloud|zscalerone|zscalertwo|zscalerthree|zscalerbeta|zpath(two)?)\.(net|com)\//,
    header: { name: 'server', says: /zscaler/i },
    page: /zscaler/i,
  },
  { who: 'Netskope', redirect: /^[^/]*\.goskope\.com\//, page: /netskope|goskope/i },
  { who: 'Cisco Umbrella', redirect: /^[^/]*\.opendns\.com\//, page: /opendns\.com|Cisco Umbrella/ },
  { who: 'Cisco Meraki', redirect: /^[^/]*\.network-auth\.com\/|\/splash\/.*mac=/, page: /meraki/i },
  { who: 'FortiGate', redirect: /\/fgtauth\?/, page: /fortigate|fortinet|fortiguard/i },
  {
    who: 'Palo Alto Networks',
    redirect: /\/php\/(uid|urlblock)\.php|\/globalprotect\//,
    page: /Palo Alto Networks|GlobalProtect/,
  },
  { who: 'Sophos', page: /\bSophos\b/ },
  { who: 'Symantec Web Security', page: /Blue ?Coat|Symantec Web/ },
  { who: 'Barracuda', page: /\bBarracuda\b/ },
  { who: 'Forcepoint', page: /\bForcepoint\b|\bWebsense\b/ },
  { who: 'Imperva', page: /_Incapsula_Resource|Incapsula incident/ },
  { who: 'Akamai', header: { name: 'server', says: /akamaighost/i }, page: /errors\.edgesuite\.net/ },
  {
    who: 'F5 BIG-IP',
    redirect: /\/my\.policy/,
    page: /The requested URL was rejected\. Please consult with your administrator/,
  },
  { who: 'Citrix NetScaler', redirect: /\/vpn\/index\.html|\/logon\/logonpoint\//, page: /NetScaler|Citrix Gateway/ },
  { who: 'Squid', header: { name: 'x-squid-error', says: /./ }, page: /\(squid\// },
  { who: 'Kong', header: { name: 'server', says: /^kong\//i } },
]

/** Programs that serve what is behind them as it is, by their `Server` header: of help only where the answer is not the host's. */
export const frontServers: readonly (readonly [RegExp, string])[] = [
  [/^cloudflare/i, 'Cloudflare'],
  [/^awselb/i, 'AWS Elastic Load Balancing'],
  [/^microsoft-azure-application-gateway/i, 'Azure Application Gateway'],
  [/^istio-envoy|^envoy/i, 'Envoy'],
  [/^openresty|^nginx/i, 'nginx'],
  [/^apache/i, 'Apache'],
  [/^caddy/i, 'Caddy'],
  [/^big-?ip/i, 'F5 BIG-IP'],
  [/^squid/i, 'Squid'],
  [/^varnish/i, 'Varnish'],
]
