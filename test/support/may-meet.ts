/**
 * Rules that may fire on one subject, because they have different causes and different remedies: any two of `rules`, or,
 * where `beside` is given, one of `rules` and one of `beside`.
 */
export const MAY_MEET: readonly {
  readonly rules: readonly string[];
  readonly beside?: readonly string[];
  readonly because: string;
}[] = [
  {
    rules: [
      'agent-identity-missing',
      'audit-trail-missing',
      'behaviour-unwatched',
      'dependencies-unlocked',
      'kill-switch-missing',
      'run-unbounded',
      'adaptation-unwatched',
      'agent-untested',
      'decisions-unexplained',
      'delegation-endless',
      'traces-unlinked',
    ],
    because:
      'an account, a record, an alert, a stop, an end, a test, a reason, a thread and a list of parts: none replaces another',
  },
  {
    rules: [
      'agent-identity-missing',
      'audit-trail-missing',
      'behaviour-unwatched',
      'dependencies-unlocked',
      'kill-switch-missing',
      'run-unbounded',
      'calls-unchecked-by-code',
      'adaptation-unwatched',
      'agent-untested',
      'decisions-unexplained',
      'delegation-endless',
      'traces-unlinked',
    ],
    beside: [
      'agent-changes-itself',
      'agent-message-replayable',
      'agent-messages-unvalidated',
      'ai-disclosure-missing',
      'callers-not-separated',
      'calls-unchecked-by-code',
      'confused-deputy',
      'descriptions-unsanitised',
      'duties-mixed',
      'guard-bendable',
      'lethal-trifecta',
      'peer-skills-unscoped',
      'private-answers-unfiltered',
      'public-entry-unauthenticated',
      'public-entry-unlimited',
      'publisher-unvetted',
      'reviewer-shares-model',
      'rule-of-two-exceeded',
      'scopes-unrestricted',
      'supervisor-orders-unchecked',
      'token-audience-unbound',
      'tool-name-shadowed',
      'untrusted-text-steers-tools',
    ],
    because: 'what every agent owes, beside what this one can be made to do',
  },
  {
    rules: ['agent-message-replayable', 'agent-messages-unvalidated', 'descriptions-unsanitised'],
    because: 'a message that is old, one that is malformed and a card that gives orders are three attacks',
  },
  {
    rules: ['agent-message-replayable', 'agent-messages-unvalidated', 'descriptions-unsanitised'],
    beside: [
      'peer-skills-unscoped',
      'private-answers-unfiltered',
      'rule-of-two-exceeded',
      'untrusted-text-steers-tools',
    ],
    because: 'how a message gets in, beside what it can have done',
  },
  {
    rules: ['ai-disclosure-missing'],
    beside: ['lethal-trifecta', 'private-answers-unfiltered', 'untrusted-text-steers-tools'],
    because: 'what people are told, beside what the agent can be made to do',
  },
  {
    rules: ['private-answers-unfiltered', 'rule-of-two-exceeded'],
    because: 'answers leave, and changes are made: filtering the first does not stop the second',
  },
  {
    rules: ['agent-channel-unauthenticated', 'traffic-unencrypted'],
    because: 'tokens prove who speaks and hide nothing; encryption hides and does not prove who calls',
  },
  {
    rules: ['control-contradicts-fact'],
    beside: ['traffic-unencrypted'],
    because: 'one says that the description is wrong, the other what is open either way',
  },
  {
    rules: [
      'answers-ungrounded',
      'fallback-missing',
      'model-data-terms-missing',
      'model-extractable',
      'model-input-unscreened',
      'model-output-unscreened',
      'model-spend-uncapped',
      'model-trained-on-untrusted',
      'model-version-floating',
      'model-weights-unverified',
      'region-not-allowed',
    ],
    because:
      'what goes into a model, what comes out, what it learned, what it costs, which one it is and where it runs',
  },
  {
    rules: [
      'index-not-rebuilt',
      'personal-data-unredacted',
      'region-not-allowed',
      'retention-missing',
      'sources-untraced',
      'store-access-unrestricted',
      'store-unencrypted',
      'store-unrecoverable',
      'untrusted-content-ingested',
    ],
    because:
      'who may read a store, what gets in, where from, in which form, for how long, where it lies and how it comes back',
  },
  {
    rules: ['tenant-isolation-missing'],
    beside: ['personal-data-unredacted', 'retention-missing', 'store-unencrypted', 'store-unrecoverable'],
    because: 'whose data are kept apart, beside what is kept of them',
  },
  {
    rules: ['shared-store-unchecked', 'untrusted-input-persists'],
    beside: [
      'store-access-unrestricted',
      'store-unencrypted',
      'store-unrecoverable',
      'untrusted-content-ingested',
    ],
    because: 'what agents write is checked by nobody, beside who may read and what comes from outside',
  },
  {
    rules: [
      'outbound-tool-unlocated',
      'tool-actions-unlisted',
      'tool-calls-unrecorded',
      'tool-input-unvalidated',
      'tool-rate-unlimited',
      'tool-server-uncontained',
      'tool-unpinned',
      'endpoint-unpinned',
      'fetch-reaches-inside',
      'local-server-open-to-pages',
      'mcp-revision-outdated',
      'proxy-consent-missing',
      'publisher-unvetted',
      'server-asks-back',
      'token-audience-unbound',
    ],
    because:
      'a record, a schema, a limit, a cage, a maker, a fixed version, a place, tokens and consent: none replaces another',
  },
  {
    rules: [
      'tool-calls-unrecorded',
      'tool-input-unvalidated',
      'tool-rate-unlimited',
      'tool-server-uncontained',
      'mcp-revision-outdated',
      'publisher-unvetted',
      'server-asks-back',
    ],
    beside: [
      'public-entry-unauthenticated',
      'public-entry-unlimited',
      'region-not-allowed',
      'remote-tool-unauthenticated',
      'shared-tool-unisolated',
    ],
    because: 'what every server owes, beside who gets to this one',
  },
  {
    rules: ['public-entry-unauthenticated', 'public-entry-unlimited'],
    because: 'whoever signs in can flood it too',
  },
  {
    rules: [
      'egress-unrestricted',
      'host-privileged',
      'host-unsegmented',
      'image-unpinned',
      'private-data-beside-public-entry',
      'resource-limits-missing',
    ],
    because:
      'what starts, down to the machine, across to the neighbours, out of the network, and how much it may use',
  },
  {
    rules: [
      'monitor-unwatched',
      'records-instruct-readers',
      'records-kept-briefly',
      'records-not-tamper-evident',
      'records-unredacted',
      'records-untimed',
      'trail-records-partial',
    ],
    because:
      'what is written down, when, in which form, for how long, and whether it stays as it was written',
  },
  {
    rules: ['trail-alterable'],
    beside: [
      'monitor-unwatched',
      'records-instruct-readers',
      'records-kept-briefly',
      'records-unredacted',
      'records-untimed',
      'trail-records-partial',
    ],
    because: 'who may change a record, beside what stands in it',
  },
  {
    rules: ['memory-unseparated'],
    beside: [
      'shared-store-unchecked',
      'store-access-unrestricted',
      'store-unencrypted',
      'untrusted-input-persists',
    ],
    because: 'whose memory it is, beside what gets into it and who else may read it',
  },
  {
    rules: ['model-output-unescaped'],
    beside: ['api-targets-unlimited', 'high-impact-action-unapproved'],
    because: 'how a call is written, beside what it may touch and who agrees',
  },
  {
    rules: ['approver-is-requester'],
    beside: ['spend-uncapped'],
    because: 'who agrees, beside how much may go at once',
  },
  {
    rules: ['callback-unauthenticated'],
    beside: ['traffic-unencrypted'],
    because: 'who it comes from, beside who else reads it',
  },
  {
    rules: ['tool-name-shadowed'],
    beside: ['descriptions-unsanitised'],
    because: 'under which name a tool is called, beside what its description says',
  },
  {
    rules: ['token-audience-unbound'],
    beside: ['agent-message-replayable', 'agent-messages-unvalidated', 'callers-not-separated'],
    because: 'where a token is good, beside what the message with it says',
  },
  { rules: ['privileged-person-without-mfa', 'reviewers-overloaded'], because: 'who decides, and how well' },
  {
    rules: ['changes-unreviewed', 'owner-missing', 'review-overdue'],
    because: 'who answers for it, who sees its changes, and when somebody last looked',
  },
];
