import { PLACEHOLDER } from '../../config/warnings/placeholders.ts';

/** Files of the starter folder that are the same for every brand. */

export function patternsYaml(): string {
  return `# A pattern is a shape of first comment with a purpose. A few are enough; each needs its texts in every market.
# Slots are typed: text, money, date, link. \`link\` is filled from links.yaml, the rest from markets.yaml.
patterns:
  # Says who speaks and what happens after the tap.
  - id: next-step
    purpose: next-step
    slots:
      link: link
  # Says what an offer covers, what it does not, and when it ends.
  # - id: offer
  #   purpose: what-the-offer-is
  #   slots:
  #     price: money
  #     lastDay: date
  #     link: link
`;
}

export function linksYaml(): string {
  return `# The landing page of the ad plus these parameters. Placeholders: {source}, {market}, {pattern}, {version}; all values are lower case.
parameters:
  - name: utm_source
    value: '{source}'
  - name: utm_medium
    value: paid
  - name: utm_campaign
    value: first-comment-{market}
  - name: utm_content
    value: fc_{pattern}_{version}
# Carries the key of the post or media that the comment stands under.
keyParameter: fcid
sources:
  facebook-post: facebook
  instagram-media: instagram
`;
}

export function approvalsYaml(market: string): string {
  return `# Who approved which text, and when. A text without approval is not published.
# To approve one: read it (\`first-comment preview\`), take its hash from \`first-comment copy list\`, write an entry like this
# one below, and run \`first-comment setup\`. The hash binds this very wording: change a letter, and it has to be approved anew.
#
#  - pattern: next-step
#    locale: ${market}
#    version: 1
#    capability: link
#    hash: (64 digits)
#    approvedBy: Head of Brand
#    approvedAt: '2026-11-16T09:30:00Z'
#    expiresAt: '2026-12-31T23:00:00Z' # may be left out
approvals: []
`;
}

export function connectionsYaml(): string {
  return `# Where the platform is, and the names of the secrets. Their values come from the environment and never stand in a file.
# FIRST_COMMENT_PROFILE picks one of these.
profiles:
  # The platform that \`first-comment sandbox\` plays. The only profile that may speak plain http.
  sandbox:
    meta:
      baseUrl: http://127.0.0.1:7070
      graphVersion: v26.0
      appId: '900100'
      appSecretEnv: FC_SANDBOX_APP_SECRET
      systemUserTokenEnv: FC_SANDBOX_SYSTEM_USER_TOKEN
  production:
    meta:
      baseUrl: https://graph.facebook.com
      graphVersion: v26.0
      appId: '0' # ${PLACEHOLDER}: the id of your app at Meta
      appSecretEnv: META_APP_SECRET
      systemUserTokenEnv: META_SYSTEM_USER_TOKEN
`;
}
