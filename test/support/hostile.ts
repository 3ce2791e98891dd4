const words = (text: string): string[] => text.trim().split(/\s+/);
const lines = (text: string): string[] => text.trim().split('\n');

/** What people and attackers write where a description wants something else, as YAML that is put in as it is. */
export const VALUES: readonly string[] = [
  '',
  ...words(
    '~ null true false yes off [] {} [[]] [null] {a:} * ? - | > |+2 @x `x` %x &a *nowhere << -a {a:{b:[]}}',
  ),
  ...words(
    '0 -1 -0 1e400 .inf -.inf .nan 0x1F 0o17 1_000 1.5.2 007 12:30:45 2026-13-45 2026-02-30 0000-00-00',
  ),
  ...words(
    '99999-01-01 2026-01-01T00:00:00Z 90d -90d 1e9d 0s forever 60/min 0/s **/* . .. /etc/passwd ../../x',
  ),
  ...words(
    '__proto__ constructor prototype toString hasOwnProperty valueOf then length size שלום 表示 ﷺ ß İstanbul',
  ),
  ...lines(String.raw`
"\e[31mred\e[0m"
"\u202egnp.exe"
"\0"
"\ud800"
"\u2028"
"\ufeff"
"\u0085"
"a\nb"
"\x1b]8;;http://x\a"
"%0A::error::x"
"<!-- x -->"
"{agent.id}"
"{{"
"}"
"C:\\x"
'it''s'
"a: b"
"# a"
1 USD
-5 USD
{ a: }
!!str
!!binary aGk=
!!set { a }
!!omap [a: 1]
!x y
"unclosed
'unclosed
[unclosed
{ unclosed
a: b: c
- a
? a
https://x.example/%00
AKIAMADEUPMADEUPMADE`),
  ...['9'.repeat(400), `${'9'.repeat(30)}d`, '💥'.repeat(50), 'e\u0301', '"\u200b"'],
];

/** Names of keys and ids that code tends to trip over. */
export const NAMES: readonly string[] = [
  ...words(
    '__proto__ constructor prototype toString hasOwnProperty valueOf __defineGetter__ then << * 0 -1 null true',
  ),
  ...words('a.b a/b x-note x- X-Y - _ é 表 💥 if in system agent include waivers'),
  ...['', ' ', 'a b', 'a\u202eb', 'a\u0000b', 'a\nb', 'a'.repeat(300)],
];

/** Bits of text to put anywhere into a file. */
export const BITS: readonly string[] = [
  ...words('{ } [ ] , : " \' | > % @ ` \\ {{ }} \\u0000 💥'),
  ...[
    ': ',
    ' #',
    '&a ',
    '*a',
    '!',
    '!!str ',
    '? ',
    '- ',
    '<<: *a\n',
    '---\n',
    '\n---\n',
    '\n...\n',
    '%YAML 1.2\n',
  ],
  ...[
    '\n',
    '\n\n',
    '\n  ',
    '\t',
    '\r',
    '\r\n',
    ' ',
    '        ',
    '\u00a0',
    '\ufeff',
    '\u0085',
    '\u2028',
    '\u200b',
  ],
  ...['\0', '\x1b[2J', '\ud800'],
];

/** A value in many brackets: far fewer and far more than any file needs. */
export const nested = (levels: number, open: string): string =>
  open.repeat(levels) + (open === '[' ? ']'.repeat(levels) : `a${'}'.repeat(levels)}`);
