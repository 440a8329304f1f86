// A certified OpenID provider (npm oidc-provider) with one client: the portal. Anybody signs in under any name; the name is the subject.
// node provider.mjs PORT REDIRECT_URI CLIENT_SECRET ACCESS_TOKEN_SECONDS
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";

const [port, redirectUri, secret, seconds] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const jwk = { ...generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" }), use: "sig", alg: "ES256" };

const provider = new Provider(issuer, {
  clients: [{
    client_id: "portal", client_secret: secret, redirect_uris: [redirectUri], grant_types: ["authorization_code", "refresh_token"],
    token_endpoint_auth_method: "client_secret_post", id_token_signed_response_alg: "ES256",
  }],
  jwks: { keys: [jwk] },
  cookies: { keys: ["for-tests"] },
  pkce: { required: () => true, methods: ["S256"] },
  issueRefreshToken: async () => true,
  rotateRefreshToken: true, // Each may be used once.
  ttl: { AccessToken: Number(seconds), IdToken: 300, RefreshToken: 3600, Session: 3600, Grant: 3600, Interaction: 600, AuthorizationCode: 60 },
  features: {
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => "urn:workflow-platform",
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: "", audience: "workflow-platform", accessTokenFormat: "jwt", accessTokenTTL: Number(seconds), jwt: { sign: { alg: "ES256" } } }),
    },
  },
});
provider.on("grant.success", ctx => console.log(`granted ${ctx.oidc.params.grant_type}`));
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
