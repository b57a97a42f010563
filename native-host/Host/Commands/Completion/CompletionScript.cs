namespace Host.Commands.Completion;

/// <summary>The scripts that make shells complete <c>latchkey</c>. Each walks the words to the command, then offers what fits there.</summary>
internal static class CompletionScript
{
    /// <summary>The shells there is a script for.</summary>
    public static IReadOnlyDictionary<string, Func<CompletionTree, string>> Shells { get; } =
        new SortedDictionary<string, Func<CompletionTree, string>>(StringComparer.Ordinal)
        {
            ["bash"] = Bash,
            ["fish"] = Fish,
            ["pwsh"] = PowerShell,
            ["zsh"] = Zsh,
        };

    private const string BashFiles = "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); return";
    private const string ZshFiles = "_files; return";

    private static string Bash(CompletionTree tree) => $$"""
        # Completes latchkey in bash; made by "latchkey completion bash".
        _latchkey() {
          local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} at='' words='' i
          # bash takes "--option=value" for three words.
          if [[ $word == = ]]; then
            word=
          elif [[ $before == = ]]; then
            before=${COMP_WORDS[COMP_CWORD - 2]}
          fi
          for ((i = 1; i < COMP_CWORD; i++)); do
            case "$at ${COMP_WORDS[i]}" in
              {{Patterns(tree.Places)}}) at+=" ${COMP_WORDS[i]}" ;;
            esac
          done
          COMPREPLY=()
          case "$at:$before" in
        {{Lines(ValueCases(tree), one => one switch
        {
            { TakesPath: true } => $"    {one.Pattern}) {BashFiles} ;;",
            { Values: "" } => $"    {one.Pattern}) return ;;",
            _ => $"    {one.Pattern}) mapfile -t COMPREPLY < <(compgen -W '{one.Values}' -- \"$word\"); return ;;",
        })}}
          esac
          case "$at:$word" in
        {{Lines(tree.Commands, command => $"""
                {Quoted(command.Place + ":-")}*) words='{string.Join(' ', OptionsOf(tree, command).SelectMany(Names))}' ;;
                {Quoted(command.Place + ":")}*) {(command.TakesPath ? BashFiles : $"words='{string.Join(' ', command.Words.Select(word => word.Word))}'")} ;;
            """)}}
          esac
          mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
        }
        complete -F _latchkey latchkey

        """;

    private static string Zsh(CompletionTree tree) => $$"""
        #compdef latchkey
        # Completes latchkey in zsh; made by "latchkey completion zsh".
        _latchkey() {
          local word=${words[CURRENT]} before=${words[CURRENT-1]} at='' each
          local -a found
          for each in "${(@)words[2,CURRENT-1]}"; do
            case "$at $each" in
              ({{Patterns(tree.Places)}}) at+=" $each" ;;
            esac
          done
          case "$at:$before" in
        {{Lines(ValueCases(tree), one => one switch
        {
            { TakesPath: true } => $"    ({one.Pattern}) {ZshFiles} ;;",
            { Values: "" } => $"    ({one.Pattern}) return ;;",
            _ => $"    ({one.Pattern}) found=({one.Values}); _describe value found; return ;;",
        })}}
          esac
          case "$at:$word" in
        {{Lines(tree.Commands, command => $"""
                ({Quoted(command.Place + ":-")}*) found=({Described(OptionsOf(tree, command).SelectMany(option => Names(option).Select(name => new CompletedWord(name, option.Description))))}) ;;
                ({Quoted(command.Place + ":")}*) {(command.TakesPath ? ZshFiles : $"found=({Described(command.Words)})")} ;;
            """)}}
          esac
          _describe latchkey found
        }
        if [[ ${funcstack[1]} == _latchkey ]]; then
          _latchkey "$@"
        else
          compdef _latchkey latchkey
        fi

        """;

    private static string Fish(CompletionTree tree) => $$"""
        # Completes latchkey in fish; made by "latchkey completion fish".
        function __latchkey_at
            set -l at
            for word in (commandline -opc)[2..]
                switch "$at $word"
                    case {{string.Join(' ', tree.Places.Select(Quoted))}}
                        set at "$at $word"
                end
            end
            test "$at" = "$argv"
        end
        complete -c latchkey -f
        {{Lines(tree.Commands.SelectMany(command => command.Words.Select(word => (command.Place, word))), one =>
            $"complete -c latchkey -n {FishPlace(one.Place)} -a {one.word.Word} -d {FishQuoted(one.word.Description)}")}}
        {{Lines(tree.Commands.Where(command => command.TakesPath), command => $"complete -c latchkey -n {FishPlace(command.Place)} -F")}}
        {{Lines(tree.AllOptions(), one =>
            $"complete -c latchkey{(one.Place == "*" ? "" : $" -n {FishPlace(one.Place)}")} -l {one.Option.Name[2..]}{(one.Option.Letter is { } letter ? $" -s {letter}" : "")}" + one.Option switch
            {
                { TakesPath: true } => " -r -F",
                { Values: { Count: > 0 } values } => $" -x -a '{string.Join(' ', values)}'",
                { TakesValue: true } => " -x",
                _ => "",
            } + $" -d {FishQuoted(one.Option.Description)}")}}

        """;

    private static string PowerShell(CompletionTree tree) => $$"""
        # Completes latchkey in PowerShell; made by "latchkey completion pwsh".
        Register-ArgumentCompleter -Native -CommandName latchkey -ScriptBlock {
          param($word, $line, $cursor)
          $before = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.ToString() })
          $at = ''
          foreach ($each in $before | Select-Object -Skip 1) {
            if (@({{string.Join(", ", tree.Places.Select(PowerShellQuoted))}}) -ccontains "$at $each") { $at = "$at $each" }
          }
          $values = @{
        {{Lines(tree.AllOptions().Where(one => one.Option.TakesValue), one =>
            $"    {PowerShellQuoted($"{one.Place}:{one.Option.Name}")} = @({string.Join(", ", one.Option.Values.Select(PowerShellQuoted))})")}}
          }
          $words = @{
        {{Lines(tree.Commands, command => $"""
                {PowerShellQuoted(command.Place + ":")} = @({string.Join(", ", command.Words.Select(word => PowerShellQuoted(word.Word)))})
                {PowerShellQuoted(command.Place + ":-")} = @({string.Join(", ", OptionsOf(tree, command).SelectMany(Names).Select(PowerShellQuoted))})
            """)}}
          }
          $found = if ($values.ContainsKey("${at}:$($before[-1])")) { $values["${at}:$($before[-1])"] }
            elseif ($values.ContainsKey("*:$($before[-1])")) { $values["*:$($before[-1])"] }
            elseif ($word.StartsWith('-')) { $words["${at}:-"] }
            else { $words["${at}:"] }
          $found | Where-Object { $_.StartsWith($word) } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }

        """;

    /// <summary>Patterns of a command and the option before the word, and what that word may be; options that take the same stand together.</summary>
    private static IEnumerable<(string Pattern, bool TakesPath, string Values)> ValueCases(CompletionTree tree) =>
        tree.AllOptions().Where(one => one.Option.TakesValue)
            .GroupBy(
                one => (one.Option.TakesPath, Values: string.Join(' ', one.Option.Values)),
                one => one.Place == "*" ? $"*:{one.Option.Name}" : Quoted($"{one.Place}:{one.Option.Name}"))
            .Select(same => (string.Join(" | ", same), same.Key.TakesPath, same.Key.Values));

    private static IEnumerable<CompletedOption> OptionsOf(CompletionTree tree, CompletedCommand command) => command.Options.Concat(tree.Globals);

    private static IEnumerable<string> Names(CompletedOption option) => option.Letter is { } letter ? [option.Name, $"-{letter}"] : [option.Name];

    private static string Lines<T>(IEnumerable<T> items, Func<T, string> line) => string.Join('\n', items.Select(line));

    private static string Patterns(IEnumerable<string> places) => string.Join(" | ", places.Select(Quoted));

    // In all these shells but PowerShell and fish, nothing is special between single quotes but the quote itself.
    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string FishQuoted(string text) =>
        $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";

    private static string FishPlace(string place) => $"\"__latchkey_at '{place}'\"";

    private static string PowerShellQuoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    // A colon ends the word and begins its description.
    private static string Described(IEnumerable<CompletedWord> words) => string.Join(' ', words.Select(word =>
        Quoted(word.Description.Length == 0 ? word.Word : $"{word.Word}:{word.Description.Replace(":", @"\:", StringComparison.Ordinal)}")));
}
