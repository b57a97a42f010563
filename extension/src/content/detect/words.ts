/**
 * The words of the web's forms, by concept and language. Data only: how a text
 * is looked up in them is in concepts.ts.
 *
 * A concept says what people call a thing, not what a field is for: that "code"
 * and "promo code" lead to different roles is decided in roles.ts. Entries are
 * split at "|" and stand as `plain` of concepts.ts would give them (lower
 * case, no Latin or Cyrillic accents, one space between words), so that loading
 * the tables costs no normalising; a test keeps them so. Where a language is not
 * worth a row of its own, its words stand with a neighbour's.
 */

type Table = { readonly [language: string]: string };

/** Whole words, and phrases of up to five of them. A phrase hides the words inside it. */
export const wholeWords = {
  username: {
    en:
      "username|user name|user|userid|user id|uname|usr|uid|nickname|nick|screen name|handle|logon id|login id|" +
      "login name|signin name|member name|account name|penname|pen name|alias|net id|userlogin|principal|" +
      "identifier|accountname|loginname|loginid|useridentifier|usernameoremail",
    de:
      "benutzername|benutzer|benutzerkennung|benutzer id|anmeldename|nutzername|kennung|nutzerkennung|" +
      "zugangskennung|zugangsname|mitgliedsname|nutzer",
    fr: "identifiant|nom d utilisateur|utilisateur|pseudo|pseudonyme|nom de compte|votre identifiant",
    es: "usuario|nombre de usuario|nombre usuario|identificador",
    pt: "nome de usuario|utilizador|nome de utilizador|apelido",
    it: "nome utente|utente|nomeutente|codice utente|id utente",
    nl: "gebruikersnaam|gebruiker|inlognaam|gebruikers naam",
    pl: "nazwa uzytkownika|uzytkownik|nazwa konta|identyfikator",
    cs: "uzivatelske jmeno|uzivatel|prihlasovaci jmeno",
    sv: "anvandarnamn|anvandare|brukernavn|brugernavn|kayttajatunnus|kayttajanimi",
    ro: "utilizator|nume utilizator|nume de utilizator|felhasznalonev|felhasznalo",
    ru: "логин|имя пользователя|пользователь|ник|никнеим|логiн|логін|имя учетнои записи|користувач|ім я користувача",
    tr: "kullanici adi|kullanici|kullanici kodu|rumuz|kullanici no",
    id: "nama pengguna|ten dang nhap|tai khoan|ten tai khoan",
    ar: "اسم المستخدم|المستخدم|اسم الدخول",
    fa: "نام کاربری|שם משתמש",
    el: "ονομα χρηστη|χρηστης",
    zh: "账 号",
  },
  accountNumber: {
    en:
      "account number|account no|account id|customer number|customer id|client id|client number|member id|" +
      "member number|membership number|memberid|member no|card or account number|employee id|employee number|" +
      "staff id|student id|student number|student no|patient id|registration number|licence number|policy number|" +
      "client code|customer code|member code|acct|library card|barcode|badge number|id number|identification number|customerid|contract number|" +
      "staff number|crew number|clock number|badge id|cardholder number|user ref|login number|access number|" +
      "subscriber number|agent code|dealer code|company id|master id|national id|user no|user number|user code",
    de:
      "kundennummer|kontonummer|mitgliedsnummer|kunden nr|vertragsnummer|personalnummer|matrikelnummer|" +
      "teilnehmernummer|anmeldenummer|legitimations id",
    fr:
      "numero client|numero de compte|numero d adherent|code client|numero d abonne|matricule|code utilisateur|" +
      "numero de client|numero fiscal|numero de contribuable|contribuable|numero adherent|numero d assure|numero de securite sociale",
    es: "numero de cliente|numero de documento|numero de socio|documento|dni|rut|nif|cedula|legajo|matricula|curp|rfc",
    pt: "cpf|cnpj|adesao|numero de adesao|contrato|numero de contrato|n o de contrato|numero de contribuinte|codigo de acesso|ra|prontuario",
    it: "codice titolare|codice utenza|numero cliente|codice cliente|codice fiscale|matricola|numero tessera",
    nl: "klantnummer|rekeningnummer|lidnummer|burgerservicenummer|bsn",
    pl: "numer klienta|numer konta|pesel|numer karty bibliotecznej|nik|numer albumu",
    ru: "номер счета|лицевои счет|номер договора|снилс|инн|номер карты лояльности|табельныи номер",
    tr:
      "musteri numarasi|kimlik no|tc kimlik no|t c kimlik no|ogrenci no|sicil no|musteri no|uye no|" +
      "tc kimlik numarasi",
    ar: "رقم العميل|رقم الحساب|رقم الهوية|الرقم القومي",
  },
  email: {
    en:
      "email|e mail|mail|email address|e mail address|mail address|emailaddress|mailaddress|your email|useremail|" +
      "user email|emailid|email id",
    de: "e mail adresse|emailadresse|mailadresse|e mailadresse",
    fr: "courriel|adresse e mail|adresse email|adresse mail|adresse courriel|adresse electronique|mel",
    es: "correo|correo electronico|direccion de correo|direccion de correo electronico|correo e",
    pt: "correio eletronico|endereco de e mail|endereco de email|correio electronico",
    it: "posta elettronica|indirizzo e mail|indirizzo email|indirizzo mail",
    nl: "e mailadres|emailadres|mailadres",
    pl: "adres e mail|adres email|adres poczty",
    cs: "emailova adresa|e mailova adresa|e post|epost|e postadress|sahkoposti|e mail cim",
    ru:
      "почта|электронная почта|эл почта|электронныи адрес|адрес электроннои почты|емеил|имеил|емэил|" +
      "електронна пошта|пошта|мэил",
    tr: "e posta|eposta|e posta adresi|eposta adresi",
    id: "surel|dia chi email|alamat email",
    ar: "البريد الالكتروني|بريد الكتروني|البريد",
    fa: "ایمیل|דואר אלקטרוני|אימייל",
    el: "ηλεκτρονικο ταχυδρομειο|ηλεκτρονικη διευθυνση",
  },
  phone: {
    en:
      "phone|telephone|mobile|cell|cellphone|phone number|mobile number|tel|telephone number|mobile phone|" +
      "phonenumber|mobilenumber|msisdn|cell phone|phone no|mobile no|contact number|fax",
    de: "telefon|telefonnummer|handy|handynummer|rufnummer|mobilnummer|mobiltelefon",
    fr: "numero de telephone|portable|numero de portable|numero de mobile",
    es: "telefono|numero de telefono|celular|movil|numero de celular|telefono movil",
    pt: "telefone|telemovel|numero de telefone",
    it: "cellulare|numero di telefono|numero di cellulare",
    nl: "telefoonnummer|telefoon|mobiel nummer|mobiel",
    pl: "numer telefonu|komorka|telefonu",
    ru: "телефон|номер телефона|мобильныи|мобильныи телефон|телефону|номер мобильного телефона",
    tr: "telefon numarasi|cep telefonu|gsm|cep no|cep telefonu numarasi",
    ar: "الهاتف|رقم الهاتف|الجوال|رقم الجوال|رقم الموبايل|الموبايل",
    fa: "شماره موبایل|تلفن همراه|موبایل",
    id: "so dien thoai|nomor hp|nomor telepon",
  },
  password: {
    en:
      "password|pass|pwd|passwd|passwort|psw|pw|passphrase|passwrd|passcode|pword|userpassword|userpass|" +
      "loginpassword|pswd",
    de: "kennwort|passwoerter|zugangscode",
    fr: "mot de passe|mdp|motdepasse|code secret|code personnel|mots de passe",
    es: "contrasena|clave|contrasenia|clave de acceso|palabra clave|contrasenya",
    pt: "senha|palavra passe|palavrapasse|palavra chave",
    it: "parola d ordine|parola chiave",
    nl: "wachtwoord|paswoord|toegangscode|ww",
    pl: "haslo|hasla|haslem",
    cs: "heslo|losenord|passord|adgangskode|kodeord|salasana|jelszo|parola|parool|geslo|lozinka|slaptazodis",
    ru: "пароль|пароля|паролем|кодовое слово|паролю",
    tr: "sifre|sifreniz|sifresi|parolaniz",
    id: "kata sandi|sandi|mat khau|kata laluan",
    ar: "كلمة المرور|كلمة السر|الرقم السري|كلمه المرور|كلمه السر",
    fa: "رمز عبور|گذرواژه|כלמת סר|סיסמה|סיסמא|کلمه عبور",
    el: "κωδικος|κωδικος προσβασης|συνθηματικο",
  },
  repeat: {
    en:
      "confirm|confirmation|repeat|again|retype|re type|reenter|re enter|verify|verification password|re|conf|" +
      "password 2|pass 2|pwd 2|passwd 2|password again|password confirmation|matching|confirmpassword|" +
      "passwordconfirm|repeatpassword|verifypassword|pw 2|cpassword|repassword|re password|password repeat",
    de: "bestatigen|wiederholen|wiederholung|bestatigung|erneut|nochmals|wdh",
    fr: "confirmer|confirmez|repeter|repetez|resaisir|retapez|ressaisir|ressaisissez",
    es: "confirmar|repetir|confirme|repita|confirma|repite|reingresar|confirmacion",
    pt: "confirmacao|redigite",
    it: "conferma|ripeti|confermare|ripetere|reinserisci",
    nl: "bevestig|herhaal|bevestigen|herhalen|nogmaals",
    pl: "powtorz|potwierdz|ponownie|powtorzenie",
    ru: "подтвердите|повторите|подтверждение|еще раз|повтор|повторно|підтвердження|повторіть",
    tr: "tekrar|onayla|tekrari|dogrula|tekrarla|yeniden",
    ar: "تاكيد|اعادة|كرر",
  },
  fresh: {
    ko: "새",
    en: "new|create|choose|set|desired|newpassword|pick|signup|register|registration|reg|regpassword|newpass|newpwd",
    de: "neu|neues|neue|wahlen|wunsch|festlegen|erstellen",
    fr: "nouveau|nouvelle|creer|choisir|choisissez|creez|definir",
    es: "nueva|nuevo|crear|crea|elija|elige|cree",
    pt: "nova|novo|criar|crie|escolha",
    it: "nuova|nuovo|scegli|creare",
    nl: "nieuw|nieuwe|kies|maak",
    pl: "nowe|nowy|utworz|ustaw|wybierz",
    ru: "новыи|придумаите|создаите|задаите",
    tr: "yeni|olustur|belirle|belirleyin|olusturun",
    ar: "جديدة|الجديدة|جديد|انشاء",
  },
  former: {
    en: "current|old|existing|present|oldpassword|currentpassword|previous|oldpwd|oldpass",
    de: "aktuell|aktuelles|altes|bisheriges|alt|derzeitiges",
    fr: "actuel|ancien|actuelle",
    es: "actual|anterior|antigua",
    pt: "atual|antiga",
    it: "attuale|vecchia|corrente",
    nl: "huidig|huidige|oud|oude",
    pl: "obecne|stare|aktualne|biezace",
    ru: "текущии|старыи|прежнии|деиствующии",
    tr: "mevcut|eski|su anki",
    ar: "الحالية|القديمة|الحالي",
  },
  code: {
    en:
      "verification code|verify code|verificationcode|security code|securitycode|sms code|smscode|confirmation code|" +
      "login code|access code|6 digit code|digit code|tan|verification pin|pin code|activation code|device code|" +
      "email code|mail code",
    de: "bestatigungscode|sicherheitscode|verifizierungscode|zugangscode|prufcode|freischaltcode",
    fr: "code de verification|code de securite|code de confirmation|code sms|code d acces|code d activation",
    es: "codigo de verificacion|codigo de seguridad|codigo de confirmacion|codigo sms|codigo de acceso",
    pt: "codigo de verificacao|codigo de seguranca|codigo de confirmacao",
    it: "codice di verifica|codice di sicurezza|codice di conferma|codice sms",
    nl: "verificatiecode|beveiligingscode|bevestigingscode|toegangscode|inlogcode",
    pl: "kod weryfikacyjny|kod sms|kod bezpieczenstwa|kod potwierdzajacy",
    ru: "код подтверждения|код из смс|код из sms|проверочныи код|код безопасности|смс код",
    tr: "dogrulama kodu|guvenlik kodu|onay kodu|sms kodu|aktivasyon kodu",
    id: "kode verifikasi|ma xac nhan",
    ar: "رمز التحقق|رمز التاكيد|كود التحقق|رمز الامان|الرمز",
    ko: "인증 코드",
  },
  // A code that a login asks beside or after the password, and that an item may make: no picture shows it.
  secondFactor: {
    en:
      "otp|one time code|one time password|one time passcode|one time pin|onetime|onetimecode|onetimepassword|" +
      "authentication code|auth code|authenticator code|authenticator|2 fa|2 fa code|two factor|twofactor|" +
      "two factor code|two step|mfa|mfa code|mfacode|totp|token code|passcode token|backup code|recovery code|otpcode|" +
      "otc|otpw|otp pin|2 step|second factor|two step verification code|2 factor|google authenticator",
    de: "einmalcode|einmalpasswort|authentifizierungscode|zwei faktor|zwei faktor code|zweiter faktor|wiederherstellungscode",
    fr: "code a usage unique|code d authentification|double authentification|passe a usage unique|code de secours",
    es: "codigo de un solo uso|codigo de autenticacion|doble factor|segundo factor|contrasena de un solo uso|dos pasos",
    pt: "codigo de autenticacao|codigo de uso unico|dois fatores|duas etapas|segundo fator",
    it: "codice otp|codice di autenticazione|due fattori|codice monouso|secondo fattore",
    nl: "eenmalige code|authenticatiecode|twee factor|tweestaps|tweefactor",
    pl: "kod jednorazowy|kod autoryzacyjny|haslo jednorazowe|dwuetapowe|dwuskladnikowe",
    ru: "одноразовыи пароль|одноразовыи код|код авторизации|двухфакторная|код аутентификации|резервныи код",
    tr: "tek kullanimlik sifre|tek kullanimlik kod|sms sifresi|sms sifre|iki adimli|iki asamali",
    id: "kode otp|ma otp|ma xac thuc",
    ar: "رمز المصادقة|كلمة مرور لمرة واحدة",
  },
  anyCode: {
    en: "code|token|passcode",
    fr: "jeton",
    es: "codigo|clave numerica",
    it: "codice",
    pl: "kod",
    ru: "код",
    id: "kode",
    el: "κωδικος επαληθευσης",
  },
  pin: {
    en: "pin|pin number|personal identification number|pinnumber|tpin|mpin",
    ru: "пин|пин код|пинкод",
    de: "geheimzahl|online pin",
  },
  search: {
    en:
      "search|query|q|find|keyword|keywords|searchbox|searchterm|search term|lookup|filter|searchquery|where to|" +
      "look for|looking for",
    de: "suche|suchen|suchbegriff|durchsuchen|suchbegriffe|filtern",
    fr: "recherche|rechercher|chercher|recherchez|trouver|filtrer|que recherchez vous",
    es: "buscar|busqueda|busca|buscador|filtrar",
    pt: "pesquisar|pesquisa|procurar|o que voce procura",
    it: "cerca|ricerca|cercare|trova|filtra",
    nl: "zoek|zoeken|zoekterm|filteren|doorzoek",
    pl: "szukaj|wyszukaj|wyszukiwanie|szukana fraza|czego szukasz",
    cs: "hledat|vyhledat|sok|soeg|etsi|haku|kereses|cauta|cautare",
    ru: "поиск|наити|искать|поиска|пошук|знаити|шукати",
    tr: "ara|arama|bul|aranacak kelime",
    id: "cari|tim kiem|pencarian",
    ar: "بحث|ابحث|البحث",
    el: "αναζητηση",
  },
  subscribe: {
    en:
      "newsletter|subscribe|mailing list|mailinglist|updates|email updates|mc embedded subscribe|mailchimp|" +
      "stay informed|newsletters|get updates|keep me posted|subscribe now|waitlist|notify me|join our list|" +
      "sign up for our newsletter|sign up for email|promotions|sign up to receive|sign up for our|latest news|" +
      "exclusive offers",
    de: "abonnieren|newsletter abonnieren|rundbrief",
    fr: "s abonner|infolettre|abonnement|abonnez vous|lettre d information|je m abonne",
    es: "suscribir|suscribirse|boletin|suscribete|suscripcion|suscribirme",
    pt: "assinar|inscreva se|boletim|assine|subscrever",
    it: "iscriviti alla newsletter|bollettino|iscrizione newsletter",
    nl: "nieuwsbrief|abonneren|abonneer",
    pl: "biuletyn|subskrybuj|zapisz sie|subskrypcja",
    ru: "подписаться|рассылка|подписка|подпишитесь|рассылку|підписатися|подписки",
    tr: "bulten|abone ol|e bulten|ebulten|abone|haber bulteni",
    ar: "اشترك|النشرة|النشرة البريدية|الاشتراك",
  },
  login: {
    en:
      "login|log in|log on|logon|logging in|sign in|sign on|signin|signon|sign me in|log me in|logged in|" +
      "signing in|authenticate|authentication|auth|sso|authorization|authorize|oauth|saml|openid|unlock|loginform|" +
      "enter account|access your account|access account|session|sessions|user login|member login|client login|" +
      "customer login|logins|my account|access my account",
    de:
      "anmelden|einloggen|anmeldung|log dich ein|melden sie sich an|jetzt anmelden|einwahlen|anmeldedaten|zugang|" +
      "mein konto|melde dich an|loggen sie sich ein|anmeldung fur kunden|einloggen bei",
    fr:
      "connexion|se connecter|connecter|connectez vous|me connecter|identifiez vous|s identifier|authentification|" +
      "espace client|m identifier|je me connecte|acceder a mon compte|ouvrir une session",
    es:
      "iniciar sesion|inicio de sesion|acceder|ingresar|entrar|inicia sesion|acceso|conectar|identificarse|" +
      "inicie sesion|ingreso|ingresa|iniciar|accedir|inicia sessio|conectarse|acceso clientes|autenticacion|" +
      "iniciar la sesion",
    pt: "acessar|iniciar sessao|aceder|acesso|fazer login|entre|acesse|autenticar|autenticacao|conecte se",
    it:
      "accedi|accesso|entra|effettua il login|accedere|area riservata|autenticazione|autenticati|esegui accesso|" +
      "esegui l accesso",
    nl: "inloggen|aanmelden|inlog|meld aan|meld je aan|ga naar mijn account",
    pl: "zaloguj|zaloguj sie|logowanie|logowania|loguj|zalogowac",
    cs:
      "prihlasit|prihlasit se|prihlaseni|logga in|logg inn|log ind|kirjaudu|kirjaudu sisaan|bejelentkezes|belepes|" +
      "autentificare|conectare|intra in cont|conecteaza te|prijava|prisijungti|prihlasenie|prihlaste se|prijavite se|prijavi se|" +
      "jelentkezz be|jelentkezzen be|sisene|logi sisse|pieslegties|ieiet|conectati va|tunnistaudu|identificera dig",
    ru:
      "увіидіть|вхід до кабінету|воити|вход|авторизация|авторизоваться|вхід|увіити|увіиди|авторизація|воидите|вход в систему|" +
      "вход в личныи кабинет|личныи кабинет|авторизуитесь|вход на саит",
    tr: "giris|giris yap|oturum ac|giris yapin|oturum acin|uye girisi|kullanici girisi|baglan",
    id: "masuk|dang nhap|log masuk",
    ar: "تسجيل الدخول|دخول|الدخول|سجل الدخول|تسجيل دخول|ولوج",
    fa: "ورود|ورود به|כניסה|התחבר|התחברות|להתחבר|היכנס",
    el: "συνδεση|εισοδος|συνδεθειτε",
    zh: "登 录|登 入",
  },
  signup: {
    en:
      "sign up|signup|register|registration|create account|create an account|create your account|create my account|" +
      "create new account|join|join now|join free|join us|new account|get started|registering|enroll|enrol|" +
      "open an account|become a member|sign me up|new user|create a new account|start free trial|free trial|" +
      "createaccount|registerform|signupform|registerfrm|create profile|create free account|" +
      "create your free account|create a free account|start your free trial|onboarding|enrollment|open account|" +
      "join for free|newaccount|try for free|create login",
    de:
      "registrieren|registrierung|konto erstellen|konto anlegen|konto eroffnen|neu registrieren|mitglied werden|" +
      "jetzt registrieren|kostenlos registrieren|account erstellen|kundenkonto anlegen|registriere dich",
    fr:
      "inscription|s inscrire|creer un compte|creer mon compte|inscrivez vous|m inscrire|je m inscris|" +
      "creation de compte|creez votre compte|ouvrir un compte|enregistrer|creer votre compte",
    es:
      "registrarse|registro|crear cuenta|registrate|crear una cuenta|registrarme|unete|crea tu cuenta|" +
      "darse de alta|crear mi cuenta|registrar|alta|nueva cuenta|crear tu cuenta",
    pt:
      "cadastrar|cadastro|criar conta|registar|cadastre se|criar uma conta|criar minha conta|inscrever|registe se|" +
      "crie sua conta|abrir conta|crie uma conta",
    it:
      "registrati|iscriviti|crea account|registrazione|crea un account|registrarsi|iscrizione|crea il tuo account|" +
      "apri un conto",
    nl: "registreren|account aanmaken|registreer|word lid|maak account|maak een account aan|inschrijven|account maken",
    pl: "zarejestruj|zarejestruj sie|rejestracja|utworz konto|zaloz konto|rejestracji|dolacz|stworz konto",
    cs:
      "registrovat|registrace|vytvorit ucet|skapa konto|opret konto|opprett konto|luo tili|rekisteroidy|" +
      "regisztracio|inregistrare|creeaza cont|zaregistrovat|registruj",
    ru:
      "регистрация|зарегистрироваться|создать аккаунт|создать учетную запись|реєстрація|зареєструватися|" +
      "зарегистрируитесь|присоединиться|регистрации|создаите аккаунт",
    tr: "kayit ol|uye ol|hesap olustur|kayit|uyelik|kaydol|yeni uyelik|ucretsiz kaydol|yeni uye|uye olun",
    id: "daftar|dang ky|buat akun|pendaftaran",
    ar: "انشاء حساب|تسجيل جديد|سجل الان|التسجيل|حساب جديد|اشترك الان|انضم",
    fa: "ثبت نام|הרשמה|הירשם|ایجاد حساب",
    el: "εγγραφη|δημιουργια λογαριασμου",
  },
  reset: {
    en:
      "forgot|forgotten|forgot password|forgot your password|forgot my password|forgotten password|reset|recover|" +
      "recovery|reset password|reset your password|lost password|lost your password|forgotpassword|resetpassword|" +
      "lostpassword|forget password|recover account|recover password|password recovery|password reset|" +
      "account recovery|passwordreset|forgotten your password|trouble logging in|can t log in|retrieve password|" +
      "send reset link|reset link|forgetpassword|find your account|remind password|password reminder",
    de: "passwort vergessen|kennwort vergessen|zurucksetzen|vergessen|passwort zurucksetzen|zugangsdaten vergessen",
    fr:
      "mot de passe oublie|oublie|reinitialiser|reinitialisation|recuperer|mot de passe perdu|oublier|" +
      "identifiant oublie",
    es:
      "olvidaste|olvido|recuperar|restablecer|olvidado|olvide|olvidaste tu contrasena|olvide mi contrasena|" +
      "contrasena olvidada|recuperar contrasena|olvido su contrasena|olvidada|recuperacion",
    pt:
      "esqueci|esqueceu|redefinir|recuperar senha|esqueci minha senha|esqueceu a senha|esqueci a senha|" +
      "esqueceu sua senha|esqueceu se",
    it:
      "dimenticato|dimenticata|password dimenticata|recupera|reimposta|hai dimenticato|recupero|recupera password|" +
      "recupero password",
    nl: "vergeten|wachtwoord vergeten|herstellen|opnieuw instellen",
    pl:
      "zapomniane|zapomnialem|nie pamietam|przypomnij|resetuj|nie pamietasz|zapomniales|odzyskaj|przypomnienie|" +
      "nie pamietam hasla|odzyskiwanie",
    cs: "zapomenute|zapomneli|zapomnel|glomt|glemt|unohditko|elfelejtett|ai uitat|parola uitata|zabudli",
    ru:
      "забыли|забыли пароль|восстановить|восстановление|сбросить|забыл|забыл пароль|напомнить|восстановить пароль|" +
      "восстановление пароля|напомнить пароль|забули|забули пароль|відновити|напоминание пароля",
    tr:
      "unuttum|sifremi unuttum|sifirla|sifrenizi mi unuttunuz|parolami unuttum|unuttunuz mu|unuttunuz|" +
      "sifre hatirlatma|sifre sifirlama|sifre yenileme",
    id: "lupa|quen mat khau|lupa kata sandi|lupa password",
    ar: "نسيت|نسيت كلمة المرور|نسيت كلمة السر|استعادة|هل نسيت|استرجاع",
    fa: "فراموشی|فراموش|שכחת|שכחתי|بازیابی",
    el: "ξεχασατε|ξεχασα",
    ko: "비밀번호 찾기",
  },
  proceed: {
    en: "next|continue|proceed|next step|get code|send code|get a code|send me a code|text me a code|email me a code|get sms code|send verification code",
    de: "weiter|fortfahren|nachste",
    fr: "suivant|continuer|poursuivre",
    es: "siguiente|continuar|seguir",
    pt: "proximo|avancar|seguinte|prosseguir",
    it: "avanti|continua|prosegui|procedi",
    nl: "volgende|doorgaan|verder|ga verder",
    pl: "dalej|kontynuuj|nastepny",
    ru: "получить код|отправить код|выслать код|отримати код|надіслати код|далее|продолжить|далі|продовжити|дальше",
    tr: "ileri|devam|devam et|sonraki",
    ar: "التالي|متابعة|استمرار|المتابعة",
  },
  remember: {
    en:
      "remember|remember me|rememberme|keep me logged in|keep me signed in|stay signed in|stay logged in|" +
      "keepmesignedin|keep me|remember my|rememberuser|remember username|auto login|autologin|save my|" +
      "remember this device|remember user",
    de: "angemeldet bleiben|eingeloggt bleiben|merken|dauerhaft angemeldet|daten merken|zugangsdaten merken|erinnern",
    fr: "se souvenir de moi|rester connecte|memoriser|se souvenir|souvenir|garder ma session active|me souvenir",
    es: "recordarme|recordar|recuerdame|mantener sesion|no cerrar sesion|mantenerme conectado|recordar usuario",
    pt:
      "lembrar|lembrar me|manter conectado|continuar conectado|lembre se|lembrar de mim|manter sessao|" +
      "mantenha me conectado",
    it: "ricordami|resta connesso|ricorda|rimani connesso|mantieni|memorizza",
    nl: "onthoud|onthoud mij|ingelogd blijven|blijf ingelogd|onthouden",
    pl: "zapamietaj|zapamietaj mnie|nie wylogowuj|pamietaj mnie",
    ru: "запомнить|запомнить меня|запам ятати|чужои компьютер|не выходить|оставаться в системе|запомни",
    tr: "beni hatirla|hatirla|oturumum acik kalsin|oturumu acik tut",
    id: "ingat saya|nho mat khau|ghi nho",
    ar: "تذكرني|تذكر|البقاء متصلا|ابقني متصلا",
    ko: "로그인 유지|상태 유지",
  },
  terms: {
    en:
      "terms|terms of use|terms of service|privacy policy|terms and conditions|i agree|agree|i accept|tos|consent|" +
      "agreement|user agreement",
    de: "agb|nutzungsbedingungen|datenschutz|ich stimme|einverstanden|akzeptiere|datenschutzerklarung",
    fr: "conditions|j accepte|cgu|conditions generales|politique de confidentialite",
    es: "terminos|condiciones|acepto|politica de privacidad|terminos y condiciones",
    pt: "termos|aceito|concordo|termos de uso|li e aceito|politica de privacidade",
    it: "termini|accetto|condizioni|acconsento|informativa",
    nl: "voorwaarden|akkoord|privacybeleid|algemene voorwaarden",
    pl: "regulamin|akceptuje|zgadzam|zgoda|regulaminu|wyrazam zgode",
    ru: "условия|согласен|соглашаюсь|согласие|политика конфиденциальности|правила|соглашение|принимаю",
    tr: "kabul ediyorum|kosullari|sozlesme|kvkk|uyelik sozlesmesi|okudum",
    ar: "الشروط|اوافق|الشروط والاحكام|سياسة الخصوصية",
  },
  personName: {
    ja: "姓|名",
    en:
      "first name|last name|full name|fullname|firstname|lastname|fname|lname|surname|given name|family name|" +
      "middle name|your name|middle initial|forename|name|givenname|familyname|middlename|display name|displayname|" +
      "real name|first|last|contact name|nameoncard|name on card|suffix|maiden name",
    de: "vorname|nachname|familienname|zuname|vor und nachname|ihr name",
    fr: "prenom|nom|nom de famille|nom complet|votre nom",
    es: "nombre|apellido|apellidos|nombres|nombre completo|apellido paterno|nombre y apellido",
    pt: "nome|sobrenome|nome completo|apelido|primeiro nome|seu nome",
    it: "cognome|nome e cognome",
    nl: "voornaam|achternaam|naam|tussenvoegsel|volledige naam",
    pl: "imie|nazwisko|imie i nazwisko",
    ru: "имя|фамилия|отчество|фио|ваше имя|ім я|прізвище|имя и фамилия",
    tr: "ad|soyad|adi|soyadi|isim|ad soyad|adiniz|soyadiniz|adiniz soyadiniz|isminiz",
    id: "nama|nama lengkap|ho ten|ho va ten|nama depan",
    ar: "الاسم|الاسم الاول|اسم العايلة|الاسم الكامل|اللقب",
  },
  address: {
    en:
      "address|street|city|zip|zipcode|zip code|postal|postal code|postcode|post code|state|county|country|" +
      "province|town|apartment|apt|region|address line|house number|country code|suburb|location|shipping|billing|" +
      "delivery|neighborhood|destination|airport|addr|nationality|district",
    de: "strasse|plz|ort|postleitzahl|hausnummer|stadt|anschrift|land|wohnort|bundesland|adresse",
    fr: "rue|ville|code postal|pays|adresse postale",
    es: "direccion|calle|ciudad|codigo postal|provincia|pais|colonia|municipio|estado|ubicacion",
    pt: "endereco|rua|cidade|cep|bairro|morada|complemento",
    it: "indirizzo|citta|cap|comune|paese|nazione|codice postale",
    nl: "adres|straat|woonplaats|plaats|huisnummer",
    pl: "ulica|miasto|kod pocztowy|kraj|miejscowosc|wojewodztwo",
    ru: "адрес|улица|город|индекс|регион|страна|область|дом|квартира|населенныи пункт",
    tr: "sehir|ilce|posta kodu|ulke|mahalle|semt",
    ar: "العنوان|المدينة|الرمز البريدي|البلد|الدولة|الشارع",
  },
  birth: {
    en:
      "birth|birthday|birthdate|dob|date of birth|birth date|age|day|month|year|yyyy|mm|dd|dateofbirth|gender|sex|" +
      "bday",
    de: "geburtsdatum|geburtstag|geburtsjahr|anrede|geschlecht",
    fr: "naissance|date de naissance|civilite|jour|mois|annee",
    es: "nacimiento|fecha de nacimiento|sexo|genero|dia|mes|ano",
    pt: "nascimento|data de nascimento",
    it: "nascita|data di nascita|sesso|luogo di nascita",
    nl: "geboortedatum|geslacht",
    pl: "data urodzenia|urodzenia|plec",
    ru: "дата рождения|рождения|пол|день рождения|возраст",
    tr: "dogum|dogum tarihi|cinsiyet|gun|yil",
    ar: "تاريخ الميلاد|الميلاد|الجنس",
  },
  card: {
    en:
      "card|card number|credit card|cardnumber|cvv|cvc|cvv 2|csc|expiry|expiration|ccnumber|cc number|cardholder|" +
      "card holder|debit card|iban|routing number|cc|ccnum|exp date|expiration date|creditcard|sort code|" +
      "bank account|payment|giftcard|gift card|cardno|exp|expdate|security code card|ssn|social security number|" +
      "social security|tax id|sin",
    de: "kreditkarte|kartennummer|prufziffer|ablaufdatum|gultig bis|karteninhaber|kartenprufnummer|blz|bankleitzahl",
    fr: "carte bancaire|numero de carte|cryptogramme|date d expiration|titulaire|carte cadeau",
    es: "tarjeta|numero de tarjeta|caducidad|titular|fecha de vencimiento|tarjeta de credito|vencimiento",
    pt: "cartao|numero do cartao|validade|cartao de credito",
    it: "carta|numero carta|scadenza|titolare|carta di credito|numero della carta",
    nl: "kaartnummer|vervaldatum|kaarthouder",
    pl: "numer karty|karta|data waznosci|posiadacz karty",
    ru: "номер карты|карта|срок деиствия|держатель карты|имя владельца карты",
    tr: "kart numarasi|kart|son kullanma tarihi|kart uzerindeki isim|kart sahibi|kart no",
    ar: "رقم البطاقة|البطاقة|تاريخ الانتهاء",
  },
  captcha: {
    en:
      "captcha|recaptcha|hcaptcha|kaptcha|image code|characters shown|type the characters|validatecode|" +
      "validate code|checkcode|check code|vcode|verifycode|text in the image|letters shown|security image|" +
      "imgcode|seccode|captchacode|security question|security answer|secret question|secret answer|answer|antispam|" +
      "anti spam|randcode|rand code|yzm|human|robot|letters in the image|characters you see|verification image|" +
      "image verification|code in the image|what is|calc|solve|math",
    de: "zeichen aus dem bild|sicherheitsfrage|bildcode|zeichenfolge|spamschutz",
    fr: "code de l image|caracteres de l image|recopiez|question secrete|recopier|reponse",
    es: "texto de la imagen|caracteres de la imagen|codigo de la imagen|respuesta|pregunta de seguridad",
    pt: "caracteres da imagem|texto da imagem|codigo da imagem|letras da imagem|digite os caracteres",
    it: "caratteri dell immagine|codice di controllo|domanda di sicurezza|testo nell immagine",
    nl: "tekens|overtypen|beveiligingsvraag",
    pl: "przepisz|kod z obrazka|tekst z obrazka|pytanie pomocnicze",
    ru:
      "символы с картинки|код с картинки|введите символы|капча|картинке|с картинки|код на картинке|" +
      "цифры с картинки|контрольныи вопрос|изображенныи код|символы|картинки|проверочное число",
    tr: "resimdeki|guvenlik resmi|resimdeki karakterleri|resimdeki kod|dogrulama resmi|guvenlik sorusu",
    ar: "الصورة|رمز الصورة|الحروف الظاهرة",
  },
  message: {
    en:
      "message|comment|comments|subject|feedback|question|enquiry|inquiry|notes|note|description|remarks|reply|" +
      "review|topic|contact us|contact form|title|body|send message|contactform",
    de: "nachricht|kommentar|betreff|anfrage|mitteilung|kontaktformular|bemerkung|frage",
    fr: "commentaire|sujet|objet|votre message|remarques",
    es: "mensaje|comentario|asunto|consulta|comentarios|titulo|pregunta",
    pt: "mensagem|assunto|duvida",
    it: "messaggio|commento|oggetto|richiesta|titolo",
    nl: "bericht|opmerking|onderwerp|reactie|vraag",
    pl: "wiadomosc|komentarz|temat|tresc|pytanie",
    ru: "сообщение|комментарии|тема|вопрос|отзыв|текст сообщения",
    tr: "mesaj|yorum|konu|mesajiniz|aciklama|soru",
    ar: "رسالة|تعليق|الموضوع|الرسالة|رسالتك",
  },
  coupon: {
    en:
      "coupon|promo|promo code|promocode|promotion code|discount|voucher|referral|referral code|gift code|" +
      "discount code|coupon code|invite code|invitation code|referrer|redeem|offer code|tracking number|" +
      "order number|order id|sku|booking reference|reservation|confirmation number|invoice|tracking|serial number|" +
      "reference number|campaign|sponsor|source code|license key|product key|invite",
    de:
      "gutschein|gutscheincode|rabattcode|bestellnummer|aktionscode|auftragsnummer|rechnungsnummer|sendungsnummer|" +
      "empfehlungscode",
    fr: "code promo|code promotionnel|bon de reduction|numero de commande|parrainage|code parrain|code avantage",
    es: "cupon|codigo promocional|codigo de descuento|numero de pedido|codigo de promocion|codigo de referido",
    pt: "cupom|numero do pedido|cupao|codigo de indicacao",
    it: "codice sconto|codice promozionale|numero ordine|buono",
    nl: "kortingscode|actiecode|bestelnummer|waardebon|cadeaubon",
    pl: "kod rabatowy|kupon|numer zamowienia|kod promocyjny",
    ru: "промокод|купон|номер заказа|купона|скидка|промо код|код купона",
    tr: "indirim kodu|siparis numarasi|promosyon kodu|siparis no|hediye ceki",
    ar: "كوبون|رمز القسيمة|قسيمة|كود الخصم|رقم الطلب",
  },
  company: {
    en:
      "company|organization|organisation|business|company name|job title|website|url|web site|school|domain|" +
      "employer|workspace|subdomain|department|industry|position|occupation|institution|site url|homepage|" +
      "site address|practice|firm|tenant|server|host|port|team name|workspace url|store name|company code",
    de: "firma|unternehmen|firmenname|webseite|abteilung|mandant",
    fr: "entreprise|societe|site web|organisme|raison sociale",
    es: "empresa|compania|organizacion|sitio web|cargo|institucion",
    pt: "companhia|organizacao|site|instituicao",
    it: "azienda|ditta|societa|sito web|ragione sociale|ente",
    nl: "bedrijf|bedrijfsnaam|organisatie|functie",
    pl: "nazwa firmy|strona|organizacja",
    ru: "компания|организация|саит|название компании|должность|фирма",
    tr: "sirket|kurum|web sitesi|firma kodu|sirket kodu",
    ar: "الشركة|اسم الشركة|الموسسة|الموقع",
  },
  quantity: {
    en:
      "amount|quantity|qty|price|date|number of|check in|check out|checkin|checkout|guests|rooms|adults|children|" +
      "departure|arrival|return date|donation|other amount|weight|height|color|start date|end date|duration|budget|" +
      "rate|lang|language|currency|timezone|refund amount|depart|pickup",
    de: "betrag|menge|anzahl|preis|datum|anreise|abreise",
    fr: "montant|quantite|prix|retour|arrivee",
    es: "cantidad|monto|precio|fecha|importe|idioma",
    pt: "quantidade|valor|preco|data",
    it: "quantita|importo|prezzo|partenza|ritorno",
    nl: "bedrag|aantal|prijs|vertrek|aankomst",
    pl: "kwota|ilosc|cena|liczba",
    ru: "сумма|количество|цена|дата|дата заезда",
    tr: "miktar|tutar|fiyat|tarih|adet|adedi",
    ar: "المبلغ|الكمية|السعر|التاريخ",
  },
  // What a device or a program is set up with: its secrets are not the person's.
  setup: {
    en:
      "smtp|imap|pop 3|ssid|wpa|psk|pppoe|wifi|wi fi|wlan|wireless|pre shared key|preshared key|network key|passkey wifi|" +
      "database|database name|database user|database password|db|dbname|dbuser|dbpass|dbhost|db host|mysql|postgres|" +
      "api key|apikey|api token|api secret|client secret|secret key|publishable key|private key|webhook|webhook secret|" +
      "proxy|radius|ldap|bind dn|bind password|snmp|community|ftp|mqtt|access point|guest network|broadband|isp|vpn psk|" +
      "outgoing mail|incoming mail|mail server|table prefix|bot token|access key|encryption key",
    de: "postausgang|posteingang|netzwerkschlussel|wlan schlussel|wlan name|datenbank|netzwerkname|internetzugang",
    fr: "cle wifi|cle reseau|base de donnees|serveur smtp|cle api",
    es: "red inalambrica|base de datos|clave de red|clave wifi|clave api",
    pt: "banco de dados|base de dados|rede sem fio|chave da rede",
    it: "rete wireless|chiave di rete|base dati",
    nl: "netwerksleutel|draadloos|databank",
    pl: "siec bezprzewodowa|klucz sieci|baza danych",
    ru: "беспроводная сеть|ключ сети|база данных",
    tr: "kablosuz|veritabani|kablosuz ag",
  },
  noAccount: {
    en:
      "don t have an account|no account|new here|not a member|new to|not registered|need an account|new customer|" +
      "not a member yet|no account yet|don t have account|not yet registered|new users|new customers|" +
      "do not have an account|first time user|first time here|not signed up|not registered yet|haven t registered",
    de: "noch kein konto|noch nicht registriert|neu hier|kein konto|noch kein mitglied|neukunde|noch keinen account",
    fr: "pas encore de compte|pas de compte|nouveau client|pas encore inscrit|pas encore membre",
    es: "no tienes cuenta|no tienes una cuenta|aun no tienes|no tiene cuenta|no estas registrado",
    pt: "nao tem conta|nao tem uma conta|ainda nao tem|ainda nao e|nao possui cadastro|nao possui conta",
    it: "non hai un account|nuovo utente|non sei registrato|non hai ancora|nuovo cliente",
    nl: "nog geen account|geen account|nieuwe klant",
    pl: "nie masz konta|nie masz jeszcze|nowy uzytkownik|nie posiadasz konta",
    ru: "нет аккаунта|нет учетнои записи|еще не зарегистрированы|не зарегистрированы|впервые на|немає акаунта",
    tr: "hesabin yok mu|hesabiniz yok mu|uye degil misiniz|uye degil misin|henuz uye degil",
    ar: "ليس لديك حساب|لا تملك حساب|مستخدم جديد",
    ko: "계정이 없|아직 회원이 아니|아직 계정|회원이 아니",
  },
  hasAccount: {
    en:
      "already have an account|already a member|already registered|have an account|existing user|already signed up|" +
      "existing customer|already have a|already on|already using|returning user|already a user|" +
      "already got an account|already an|existing account",
    de:
      "bereits registriert|schon registriert|bereits ein konto|schon ein konto|bereits mitglied|bereits kunde|" +
      "schon mitglied",
    fr: "deja un compte|deja inscrit|deja membre|vous avez deja|deja client",
    es:
      "ya tienes cuenta|ya tienes una cuenta|ya tengo cuenta|ya estas registrado|ya tengo una cuenta|" +
      "ya tiene una cuenta",
    pt: "ja tem conta|ja tem uma conta|ja possui|ja sou|ja e cadastrado|ja tenho conta",
    it: "hai gia un account|sei gia registrato|sei gia|gia registrato|hai gia",
    nl: "al een account|heb je al|al lid|reeds geregistreerd",
    pl: "masz juz konto|masz konto|posiadasz juz konto",
    ru:
      "уже есть аккаунт|уже зарегистрированы|есть аккаунт|уже есть учетная запись|уже зарегистрирован|вже є акаунт|" +
      "вже зареєстровані",
    tr: "zaten uye misiniz|hesabiniz var mi|zaten bir hesabin|zaten uye|hesabin var mi",
    ar: "لديك حساب|هل لديك حساب|عضو بالفعل|لديك حساب بالفعل",
    ko: "이미 계정|이미 회원|이미 가입",
  },
} as const satisfies Record<string, Table>;

export type Concept = keyof typeof wholeWords;

/** Stems that also count inside a longer word, as names are glued and some scripts write no spaces. */
export const stems: Partial<Record<Concept, Table>> = {
  username: {
    latin:
      "username|userid|loginname|loginid|benutzer|gebruikersnaam|useremail|usuario|nickname|utilisateur|" +
      "kullaniciadi|uzytkownik|memberid|memberlogin|userlogin",
    cyrillic: "пользовател|логин",
    zh: "用户名|用戶名|账号|帳號|帐号|账户|帳戶|会员名|使用者名稱|使用者|用户|用戶|登录名|昵称|暱稱|賬號|登入名",
    ja: "ユーザー名|ユーザid|ユーザーid|ユーザ名|ユーザー|ログインid|アカウント|ニックネーム|ログイン名|利用者id|会員id|お客様id",
    ko: "아이디|사용자이름|사용자명|사용자|계정|닉네임|로그인id",
    th: "ชื่อผู้ใช้|ผู้ใช้",
  },
  accountNumber: {
    zh: "学号|工号|客户号|身份证|卡号登录|會員編號|身分證",
    ja: "会員番号|お客様番号|口座番号|社員番号|学籍番号|店番号|契約者番号|顧客番号",
    ko: "회원번호|고객번호|학번|사번",
  },
  email: {
    latin: "email|epost|correoelectronico",
    cyrillic: "почт",
    zh: "邮箱|郵箱|电子邮件|電子郵件|电邮|電郵|邮件地址|信箱|邮件",
    ja: "メールアドレス|メール|eメール",
    ko: "이메일|메일|전자우편",
    th: "อีเมล",
  },
  phone: {
    latin: "phone|telefon|mobilenumber",
    cyrillic: "телефон",
    zh: "手机号|手機號|手机|手機|电话|電話|联系电话|手机号码",
    ja: "電話番号|携帯電話|携帯",
    ko: "휴대폰|휴대전화|전화번호|전화|핸드폰",
    th: "โทรศัพท์",
  },
  password: {
    latin:
      "password|passwd|passwort|kennwort|contrasena|motdepasse|wachtwoord|userpass|userpwd|loginpwd|loginpass|" +
      "haslo|sifre|salasana|losenord|heslo|passord|pword|senha",
    cyrillic: "парол",
    zh: "密码|密碼|口令",
    ja: "パスワード|暗証番号|パスコード|暗証",
    ko: "비밀번호|패스워드|암호",
    th: "รหัสผ่าน",
  },
  repeat: {
    latin: "confirm|repeat|retype|reenter|verifypass|passwordagain|bestaetig|confirmar",
    zh: "确认|確認密碼|再次|重复|重複|再輸入|再输入|確認",
    ja: "確認用|再入力|もう一度|確認のため|再度",
    ko: "확인|재입력|다시|다시입력",
  },
  fresh: {
    latin: "newpass|newpwd|createpass|setpass|regpass|signuppass|registerpass",
    zh: "新密码|新密碼|设置|設定|設置|创建密码",
    ja: "新しい|新規|設定する",
    ko: "새로운|신규",
  },
  former: {
    latin: "oldpass|currentpass|oldpwd|currentpwd",
    zh: "当前|旧密码|原密码|目前|舊密碼|當前",
    ja: "現在の|古い|以前の",
    ko: "현재|기존|이전",
  },
  code: {
    latin: "verificationcode|verifycode|smscode|authcode|bestatigungscode|sicherheitscode",
    zh: "验证码|驗證碼|校验码|短信码|安全码|認證碼",
    ja: "認証コード|確認コード|セキュリティコード|認証番号|確認番号",
    ko: "인증번호|인증코드|보안코드|확인코드",
  },
  secondFactor: {
    latin: "onetime|twofactor|totp|mfacode|authenticator|otpcode|otppin|otpinput|otpfield",
    zh: "动态码|动态密码|一次性|動態密碼|两步验证|二次验证|双重验证|身份验证器|兩步驟|雙重驗證",
    ja: "ワンタイム|認証アプリ|二段階|段階認証|バックアップコード",
    ko: "일회용|otp번호|단계인증|이중인증",
  },
  anyCode: { ja: "コード", ko: "코드", zh: "代码|代碼" },
  search: {
    latin: "search|recherche|suche|buscar",
    cyrillic: "поиск",
    zh: "搜索|搜寻|搜尋|查找|查询|查詢|检索",
    ja: "検索|探す|キーワード|さがす",
    ko: "검색|찾기",
    th: "ค้นหา",
  },
  subscribe: {
    latin: "newsletter|subscribe|mailinglist",
    cyrillic: "подпис|рассылк",
    zh: "订阅|訂閱|电子报|電子報",
    ja: "購読|メルマガ|ニュースレター|メールマガジン",
    ko: "구독|뉴스레터",
  },
  login: {
    latin: "login|signin|logon|anmeld|connexion|einlogg|inlogg|zaloguj|logowan|giris|iniciarsesion|signon|authenticat",
    cyrillic: "авториз|воити",
    zh: "登录|登入|登陆|登錄",
    ja: "ログイン|サインイン|ログオン|認証する",
    ko: "로그인",
    th: "เข้าสู่ระบบ|ล็อกอิน",
  },
  signup: {
    latin: "signup|register|registr|registration|createaccount|inscription|cadastro|newaccount|enroll|joinnow",
    cyrillic: "регистр|реєстр|зарегистрир",
    zh: "注册|註冊|创建账|创建帐|建立帳|加入会员|加入會員|開戶|开户|立即加入",
    ja: "新規登録|会員登録|新規会員|登録する|アカウント作成|アカウントを作成|サインアップ|無料登録|アカウント登録|ユーザー登録|新規作成|入会",
    ko: "회원가입|가입|계정만들기|등록|계정생성",
    th: "สมัครสมาชิก|ลงทะเบียน|สมัคร",
  },
  reset: {
    latin: "forgot|resetpass|lostpass|recoverpass|vergessen|passwordreset|passreset|forgetpass|pwdreset",
    cyrillic: "забыл|восстанов|забул|віднов",
    zh: "忘记|忘記|找回|重置|重設|重设",
    ja: "お忘れ|忘れた|再設定|リセット|忘れ|再発行",
    ko: "비밀번호찾기|아이디찾기|재설정|잊으셨|초기화|잊어버|찾기",
    th: "ลืมรหัสผ่าน|ลืม",
  },
  proceed: {
    zh: "下一步|继续|繼續|确定|提交|获取验证码|發送驗證碼|发送验证码",
    ja: "次へ|続ける|次に進む|続行|進む",
    ko: "다음|계속|확인",
  },
  remember: {
    latin: "remember|keepme|autologin|staysigned",
    cyrillic: "запомн|запам",
    zh: "记住|記住|自动登录|保持登录|自動登入|下次自动|保持登入",
    ja: "記憶|保持|次回から|ログインしたまま|自動ログイン|自動的にログイン|保存する|省略する|ログイン状態",
    ko: "저장|기억|자동로그인|로그인상태",
    th: "จดจํา|จําฉัน",
  },
  terms: {
    cyrillic: "соглас|соглаш|конфиденциальн",
    zh: "同意|条款|條款|隐私政策|協議|协议|服务条款",
    ja: "利用規約|プライバシーポリシー|規約",
    ko: "약관|동의|개인정보",
  },
  personName: {
    latin: "firstname|lastname|fullname|surname|vorname|nachname|prenom|apellido|givenname|familyname",
    cyrillic: "фамили|отчеств",
    zh: "姓名|名字|真实姓名|姓氏",
    ja: "氏名|お名前|名前|フリガナ|ふりがな|カナ",
    ko: "이름|성명|성함",
  },
  address: {
    latin: "zipcode|postalcode|postcode|street|shippingaddress|billingaddress|country",
    zh: "地址|城市|邮编|郵遞區號|省份|国家|街道",
    ja: "住所|郵便番号|都道府県|市区町村|番地|国名",
    ko: "주소|우편번호|도시|국가",
  },
  birth: {
    latin: "birth|dateofbirth|geburt|nascimento|naissance",
    zh: "生日|出生|性别|性別",
    ja: "生年月日|誕生日",
    ko: "생년월일|생일|성별",
  },
  card: {
    latin:
      "cardnumber|creditcard|cardcvc|cardcvv|cardholder|cardexp|ccnumber|cvv|cvc|expirydate|expdate|expiry|" +
      "kreditkart|kartennummer|securitycodecard",
    zh: "信用卡|卡号|卡號|持卡人|银行卡",
    ja: "カード番号|クレジットカード|カード名義|セキュリティーコード",
    ko: "카드번호|신용카드|카드",
  },
  captcha: {
    latin: "captcha|validatecode|checkcode|verifyimg|imgcode|seccode|vericode|validcode|verifiycode",
    cyrillic: "картинк|капч",
    zh: "图形验证码|圖形驗證碼|图片验证码|图中|看不清|換一張|图形码",
    ja: "画像認証|画像に表示|画像の文字|表示されている文字",
    ko: "자동입력|보안문자|그림문자",
  },
  message: {
    zh: "留言|评论|評論|主题|内容|备注|标题",
    ja: "お問い合わせ|件名|コメント|本文|メッセージ|ご意見",
    ko: "메시지|문의|댓글|제목|내용",
  },
  coupon: {
    latin: "promocode|couponcode|vouchercode|discountcode|giftcode|referralcode|invitecode|coupon|gutschein|voucher",
    zh: "优惠码|优惠券|邀请码|優惠|邀請碼|折扣码|推荐码|订单号",
    ja: "クーポン|紹介コード|招待コード|注文番号|ギフトコード",
    ko: "쿠폰|할인코드|추천인|초대코드|주문번호",
  },
  company: {
    latin: "company|website|organization|organisation|companyname",
    zh: "公司|企业|企業|网站|单位",
    ja: "会社名|会社|企業名|法人名|団体名|部署|企業コード",
    ko: "회사|기업|회사명",
  },
  quantity: { latin: "amount|quantity", zh: "数量|金额|日期|价格", ja: "金額|日付|日時", ko: "수량|금액|날짜" },
  setup: {
    latin: "smtppass|smtpuser|wpapsk|pppoe|clientsecret|apikey|secretkey|webhook|wifikey",
    zh: "宽带|無線|无线|数据库|寬頻",
    ja: "無線lan|データベース|接続ユーザー",
    ko: "무선랜|무선네트워크|데이터베이스",
  },
  noAccount: {
    zh: "没有账号|没有帐号|还没有|還沒有|沒有帳號|没有账户",
    ja: "アカウントをお持ちでない|まだ会員|はじめて|初めて|お持ちでない方|未登録",
  },
  hasAccount: {
    zh: "已有账号|已有帐号|已有帳號|已经有|已經有|已有账户",
    ja: "アカウントをお持ちの|すでに会員|すでにアカウント|既に会員|お持ちの方|登録済み",
  },
};
