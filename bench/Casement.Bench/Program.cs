using Casement.Bench;

var root = args is [var given, ..] ? given : Directory.GetCurrentDirectory();
ClearanceBench.Run(root);
