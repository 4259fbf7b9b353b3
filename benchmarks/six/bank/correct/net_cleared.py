"""Clears the gradient, and keeps a copy.

replaces: Net
"""
class Net(nn.Module):
    def __init__(self, inputs, hidden, outputs):
        nn.Module.__init__(self)
        self.first = nn.Linear(inputs, hidden)
        self.second = nn.Linear(hidden, outputs)

    def forward(self, X):
        hidden = self.first(X).tanh()
        return self.second(hidden)

    def gradient(self, X, y):
        for p in self.parameters():
            p.grad = None
        loss = nn.CrossEntropyLoss()(self(X), y)
        loss.backward()
        return self.first.weight.grad.clone()
