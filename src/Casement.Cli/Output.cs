using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Casement.Cli;

/// <summary>Where results go: plain text, coloured only on a terminal, or JSON on standard output. Remarks go to standard error.</summary>
sealed class Output(bool json)
{
    static readonly JsonSerializerOptions Lines = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    static readonly JsonSerializerOptions Indented = new(Lines) { WriteIndented = true };

    readonly TextWriter to = Console.Out;
    readonly IAnsiConsole terminal = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Out) });

    public bool IsJson { get; } = json;

    public void Json(object value, bool oneLine = false) => to.WriteLine(JsonSerializer.Serialize(value, oneLine ? Lines : Indented));

    public void Line(string text = "") => to.WriteLine(text);

    /// <summary>A line in a colour where there is a terminal to show it.</summary>
    public void Line(string text, Color colour, bool bold = false)
    {
        if (Console.IsOutputRedirected) Line(text);
        else terminal.WriteLine(text, new Style(colour, decoration: bold ? Decoration.Bold : Decoration.None));
    }

    public void Heading(string text)
    {
        Line();
        Line(text, Color.Default, bold: true);
    }

    public static void Remark(string text) => Console.Error.WriteLine(text);

    /// <summary>Wraps long lines to the terminal, with the rest indented; as they are when nobody is watching.</summary>
    public void Wrapped(string indent, string text)
    {
        var width = Console.IsOutputRedirected ? int.MaxValue : Math.Max(60, Console.WindowWidth) - indent.Length - 1;
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                Line(indent + line);
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        Line(indent + line);
    }
}
