// All that was written is with its reader. The libraries are not taken down in order: that only takes time.
Program.run(Array(CommandLine.arguments.dropFirst())).leave()
