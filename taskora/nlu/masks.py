"""What must never be read as words: quoted text, backslash words, addresses, file names, versions and ratios.

The patterns are pieces of the one expression by which `tokens` cuts a line; each hit becomes a single opaque token.
Every repetition is bounded, so that cutting a line takes time linear in its length.
"""

_DOMAIN_ENDINGS = (
    "com|org|net|edu|gov|io|dev|app|ai|co|uk|de|fr|eu|us|ca|au|nz|jp|cn|br|ru|pl|nl|se|dk|fi|ch|info|biz|tv|xyz|tech"
    "|cloud|shop|blog|page"
)
_FILE_ENDINGS = (
    "pdf|docx?|xlsx?|pptx?|txt|md|csv|json|ya?ml|toml|html?|xml|py|js|ts|rs|go|java|sh|sql|png|jpe?g|gif|svg|mp[34]"
    "|wav|mov|zip|gz|tar|log|ini|exe"
)

QUOTED = (
    r'"[^"\n]{1,400}"'
    r"|“[^”\n]{1,400}”"
    r"|«[^»\n]{1,400}»"
    r"|`[^`\n]{1,400}`"
    r"|(?<![\w’'])'(?=\S)[^'\n]{1,400}(?:(?<=\w)'(?=\w)[^'\n]{0,400}){0,8}(?<=\S)'(?!\w)"
    r"|(?<![\w’'])‘(?=\S)[^‘\n]{1,400}(?<=\S)’(?!\w)"
)
ESCAPED = r"\\[^\W_]{1,60}"
ADDRESS = (
    r"(?:https?|ftp|file|mailto|tel)://?[^\s<>\"]{1,2000}"
    r"|www\.[^\s<>\"]{1,2000}"
    r"|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}"
    rf"|(?<![\w@])(?:[^\W_][\w-]{{0,62}}\.){{1,6}}(?:{_DOMAIN_ENDINGS})(?![\w-])(?:/[^\s<>\"]{{0,500}})?"
    rf"|(?<![\w@])[^\W_][\w-]{{0,62}}\.(?:{_FILE_ENDINGS})(?![\w-])"
)
VERSION = (
    r"(?<![\w.])v\d{1,4}(?:\.\d{1,6}){1,6}(?:-[\w.]{1,20})?(?!\w)"
    r"|(?<![\w.])\d{1,4}(?:\.\d{1,6}){3,6}(?!\w)"
    r"|(?<![\w./-])(?!\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)(?!\d)|(?:19|20)\d\d\.\d\d?\.\d\d?(?!\d))\d{1,4}\.\d{1,5}\.\d{1,6}(?![\w.]?\d)(?!\w)"
)
RATIO = r"(?<![\w:/])(?:1:1s?|24/7|50/50|20/20|7/11)(?![\w:/])"
