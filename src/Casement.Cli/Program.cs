Console.WriteLine("casement");
