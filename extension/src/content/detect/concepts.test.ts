import assert from "node:assert/strict";
import { test } from "node:test";
import { conceptsIn, MaxTextLength, mentions, NoConcepts, plain, type Concept } from "./concepts.ts";
import { stems, wholeWords } from "./words.ts";

const readings: readonly [text: string, mentioned: readonly Concept[], absent: readonly Concept[]][] = [
  ["userName", ["username"], ["personName"]],
  ["ctl00$txtUserName", ["username"], ["password"]],
  ["E-Mail", ["email"], ["message"]],
  ["myloginpassword", ["password"], ["code"]],
  ["Sign in", ["login"], ["signup"]],
  ["Promo code", ["coupon"], ["anyCode", "code"]],
  ["ZIP code", ["address"], ["anyCode"]],
  ["Forgot your password?", ["reset"], ["password"]],
  ["Password reset", ["reset"], ["password"]],
  ["Don't have an account?", ["noAccount"], ["hasAccount"]],
  ["Already have an account?", ["hasAccount"], ["noAccount"]],
  ["passport", [], ["password"]],
  ["Verification code", ["code"], ["anyCode", "captcha"]],
  ["", [], ["username"]],
  ["*** 123 ***", [], ["password"]],
];

for (const [text, mentioned, absent] of readings) {
  test(`"${text}" mentions ${mentioned.join(" and ") || "nothing"}, not ${absent.join()}`, () => {
    const found = conceptsIn(text);
    assert.deepEqual(
      mentioned.filter((concept) => !mentions(found, concept)),
      [],
    );
    assert.deepEqual(
      absent.filter((concept) => mentions(found, concept)),
      [],
    );
  });
}

type Spoken = "username" | "email" | "password" | "login" | "signup" | "reset" | "code" | "search";

const languages: Readonly<Record<string, Readonly<Record<Spoken, string>>>> = {
  en: {
    username: "Username",
    email: "Email address",
    password: "Password",
    login: "Log in",
    signup: "Create account",
    reset: "Forgot password?",
    code: "Verification code",
    search: "Search",
  },
  de: {
    username: "Benutzername",
    email: "E-Mail-Adresse",
    password: "Passwort",
    login: "Anmelden",
    signup: "Registrieren",
    reset: "Passwort vergessen?",
    code: "Bestätigungscode",
    search: "Suche",
  },
  fr: {
    username: "Nom d'utilisateur",
    email: "Adresse e-mail",
    password: "Mot de passe",
    login: "Se connecter",
    signup: "Créer un compte",
    reset: "Mot de passe oublié",
    code: "Code de vérification",
    search: "Rechercher",
  },
  es: {
    username: "Nombre de usuario",
    email: "Correo electrónico",
    password: "Contraseña",
    login: "Iniciar sesión",
    signup: "Crear cuenta",
    reset: "¿Olvidaste tu contraseña?",
    code: "Código de verificación",
    search: "Buscar",
  },
  pt: {
    username: "Nome de usuário",
    email: "Endereço de e-mail",
    password: "Senha",
    login: "Entrar",
    signup: "Criar conta",
    reset: "Esqueceu sua senha?",
    code: "Código de verificação",
    search: "Pesquisar",
  },
  it: {
    username: "Nome utente",
    email: "Indirizzo e-mail",
    password: "Password",
    login: "Accedi",
    signup: "Registrati",
    reset: "Password dimenticata?",
    code: "Codice di verifica",
    search: "Cerca",
  },
  nl: {
    username: "Gebruikersnaam",
    email: "E-mailadres",
    password: "Wachtwoord",
    login: "Inloggen",
    signup: "Account aanmaken",
    reset: "Wachtwoord vergeten?",
    code: "Verificatiecode",
    search: "Zoeken",
  },
  pl: {
    username: "Nazwa użytkownika",
    email: "Adres e-mail",
    password: "Hasło",
    login: "Zaloguj się",
    signup: "Utwórz konto",
    reset: "Nie pamiętasz hasła?",
    code: "Kod weryfikacyjny",
    search: "Szukaj",
  },
  ru: {
    username: "Имя пользователя",
    email: "Электронная почта",
    password: "Пароль",
    login: "Войти",
    signup: "Зарегистрироваться",
    reset: "Забыли пароль?",
    code: "Код подтверждения",
    search: "Поиск",
  },
  tr: {
    username: "Kullanıcı adı",
    email: "E-posta adresi",
    password: "Şifre",
    login: "Giriş yap",
    signup: "Kayıt ol",
    reset: "Şifremi unuttum",
    code: "Doğrulama kodu",
    search: "Ara",
  },
  ar: {
    username: "اسم المستخدم",
    email: "البريد الإلكتروني",
    password: "كلمة المرور",
    login: "تسجيل الدخول",
    signup: "إنشاء حساب",
    reset: "نسيت كلمة المرور؟",
    code: "رمز التحقق",
    search: "بحث",
  },
  zh: {
    username: "用户名",
    email: "电子邮件",
    password: "请输入密码",
    login: "登录",
    signup: "立即注册",
    reset: "忘记密码？",
    code: "短信验证码",
    search: "搜索",
  },
  ja: {
    username: "ユーザー名",
    email: "メールアドレス",
    password: "パスワードを入力",
    login: "ログイン",
    signup: "新規登録",
    reset: "パスワードをお忘れの方",
    code: "認証コード",
    search: "検索",
  },
  ko: {
    username: "아이디",
    email: "이메일 주소",
    password: "비밀번호 입력",
    login: "로그인",
    signup: "회원가입",
    reset: "비밀번호 찾기",
    code: "인증번호",
    search: "검색",
  },
};

for (const [language, words] of Object.entries(languages)) {
  for (const [concept, word] of Object.entries(words)) {
    test(`"${word}" (${language}) mentions ${concept}`, () => {
      assert.ok(mentions(conceptsIn(word), concept as Concept));
    });
  }
}

test("Every entry of the tables stands in the form that texts are looked up in, once in its concept", () => {
  const misspelt: string[] = [];
  for (const tables of [wholeWords, stems]) {
    for (const [concept, table] of Object.entries<{ readonly [language: string]: string }>(tables)) {
      const entries = Object.values(table).flatMap((row) => row.split("|"));
      const twice = entries.filter((entry, index) => entries.indexOf(entry) < index);
      const unplain = entries.filter((entry) => plain(entry) !== entry);
      misspelt.push(...[...unplain, ...twice].map((entry) => `${concept}: ${entry}`));
    }
  }
  assert.deepEqual(misspelt, []);
});

test("Stems are single words of 3 ASCII letters or 2 of another script, since they are looked for inside words", () => {
  const unfit = (stem: string): boolean => stem.includes(" ") || stem.length < (/^[a-z]*$/.test(stem) ? 3 : 2);
  assert.deepEqual(
    entriesOf(stems)
      .map(([, stem]) => stem)
      .filter(unfit),
    [],
  );
});

test("Every word means its concept, and every stem does inside of a longer word", () => {
  const lost = ([concept, text]: readonly [Concept, string]): boolean => !mentions(conceptsIn(text), concept);
  assert.deepEqual(entriesOf(wholeWords).filter(lost), []);
  const glued = entriesOf(stems).map(
    ([concept, stem]) => [concept, `${stem}${/^[a-z]*$/.test(stem) ? "qqq" : ""}`] as const,
  );
  assert.deepEqual(glued.filter(lost), []);
});

function entriesOf(
  tables: Partial<Record<Concept, { readonly [language: string]: string }>>,
): readonly (readonly [Concept, string])[] {
  return Object.entries(tables).flatMap(([concept, rows]) =>
    Object.values(rows).flatMap((row) => row.split("|").map((entry) => [concept as Concept, entry] as const)),
  );
}

test("Concepts fit into the bits of a number", () => {
  assert.ok(Object.keys(wholeWords).length <= 32);
});

test("Text behind the limit is not looked at", () => {
  assert.equal(conceptsIn(`${"x ".repeat(MaxTextLength / 2)}password`), NoConcepts);
  assert.ok(mentions(conceptsIn(`password${" x".repeat(MaxTextLength)}`), "password"));
});

test("Names of Object's own members mean nothing", () => {
  assert.equal(conceptsIn("constructor __proto__ toString hasOwnProperty"), NoConcepts);
});

const absurd: readonly [name: string, text: string][] = [
  ["ten million letters", "a".repeat(10_000_000)],
  ["five million words", "password ".repeat(5_000_000)],
  ["one glued word of stems", "passwordemail".repeat(500_000)],
  ["lone surrogates", "\ud83d".repeat(1_000_000)],
  ["stacked accents", `e${"\u0301".repeat(5_000_000)}`],
];

for (const [name, text] of absurd) {
  test(`Of ${name} the beginning is read`, () => {
    assert.equal(conceptsIn(text), conceptsIn(text.slice(0, MaxTextLength)));
    assert.equal(plain(text), plain(text.slice(0, MaxTextLength)));
  });
}
